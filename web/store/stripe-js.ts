import type { Payment } from "../../shared/payment.ts";
import type { CardAnswer } from "../api/card-api.ts";

/** The part of Stripe.js that is used here (https://docs.stripe.com/js). */
interface StripeElement {
  mount(target: HTMLElement): void;
  unmount(): void;
  on(event: "ready", listener: () => void): void;
}
interface StripeElements {
  create(type: "payment"): StripeElement;
}
interface StripeClient {
  elements(options: {
    clientSecret: string;
    appearance: { theme: "stripe" | "night"; variables: Record<string, string> };
  }): StripeElements;
  confirmPayment(options: {
    elements: StripeElements;
    confirmParams: { return_url: string };
    redirect: "if_required";
  }): Promise<{ error?: { type: string; code?: string; decline_code?: string } }>;
}
type StripeFactory = (publishableKey: string) => StripeClient;

const ADDRESS = "https://js.stripe.com/v3/";
let loading: Promise<StripeFactory> | undefined;

/** Stripe's script, loaded when a card is first asked for. */
function loadStripe(): Promise<StripeFactory> {
  loading ??= new Promise<StripeFactory>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = ADDRESS;
    script.addEventListener("load", () => {
      const { Stripe } = globalThis as { Stripe?: StripeFactory };
      if (Stripe) resolve(Stripe);
      else reject(new Error("Stripe.js came without Stripe"));
    });
    script.addEventListener("error", () => reject(new Error("Stripe.js cannot be loaded")));
    document.head.append(script);
  }).catch((error: unknown) => {
    // The network may be back the next time.
    loading = undefined;
    throw error;
  });
  return loading;
}

export interface StripeForm {
  confirm(returnUrl: string): Promise<CardAnswer>;
  unmount(): void;
}

/** Puts Stripe's own form into the page; resolves when it can be used. */
export async function mountStripeForm(
  target: HTMLElement,
  { publishableKey, clientSecret }: Payment,
  isDark: boolean,
): Promise<StripeForm> {
  const stripe = (await loadStripe())(publishableKey ?? "");
  const elements = stripe.elements({
    clientSecret: clientSecret ?? "",
    appearance: {
      theme: isDark ? "night" : "stripe",
      variables: { colorPrimary: isDark ? "#ff8fc4" : "#a8125f", borderRadius: "10px" },
    },
  });
  const element = elements.create("payment");
  await new Promise<void>((resolve) => {
    element.on("ready", resolve);
    element.mount(target);
  });
  return {
    async confirm(returnUrl) {
      const { error } = await stripe.confirmPayment({
        elements,
        confirmParams: { return_url: returnUrl },
        redirect: "if_required",
      });
      if (!error) return { kind: "taken" };
      if (error.type === "api_connection_error" || error.type === "api_error") {
        return { kind: "unanswered" };
      }
      if (error.code === "payment_intent_unexpected_state") return { kind: "settled" };
      return { kind: "refused", code: error.decline_code ?? error.code ?? "unknown" };
    },
    unmount: () => element.unmount(),
  };
}
