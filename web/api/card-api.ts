import type { Payment } from "../../shared/payment.ts";

/** A card as its holder types it. */
export interface Card {
  number: string;
  /** `MM/YY`. */
  expiry: string;
  cvc: string;
  name: string;
}

/** What the provider makes of a card. */
export type CardAnswer =
  /** Paid, authorised or under way; the booking's own payment says which. */
  | { kind: "taken" }
  /** The bank wants to ask its holder, at this address. */
  | { kind: "bank"; url: string }
  | { kind: "refused"; code: string }
  /** The payment is not one to confirm any more: it was paid, or has ended. */
  | { kind: "settled" }
  /** No answer came: it may have been paid or not. */
  | { kind: "unanswered" };

interface IntentBody {
  status?: string;
  next_action?: { redirect_to_url?: { url?: string } | null } | null;
  error?: { code?: string; decline_code?: string; type?: string };
}

/**
 * Confirms a payment with a card at a provider that takes cards over HTTP: the call that Stripe.js
 * makes, POST /v1/payment_intents/{id}/confirm. An intent can be paid once, however often this is sent.
 */
export async function confirmCard(
  fetch: typeof globalThis.fetch,
  { apiUrl, publishableKey, clientSecret }: Payment,
  card: Card,
  returnUrl: string,
): Promise<CardAnswer> {
  const secret = clientSecret ?? "";
  const [month = "", year = ""] = card.expiry.split("/");
  const form = new URLSearchParams({
    key: publishableKey ?? "",
    client_secret: secret,
    return_url: returnUrl,
    "payment_method_data[type]": "card",
    "payment_method_data[card][number]": card.number.replaceAll(/\D/g, ""),
    "payment_method_data[card][exp_month]": month.trim(),
    "payment_method_data[card][exp_year]": year.trim(),
    "payment_method_data[card][cvc]": card.cvc,
    "payment_method_data[billing_details][name]": card.name.trim(),
  });
  let body: IntentBody;
  try {
    const intentId = secret.split("_secret_")[0];
    const answer = await fetch(`${apiUrl}/v1/payment_intents/${intentId}/confirm`, {
      method: "POST",
      body: form,
    });
    if (answer.status >= 500 || answer.status === 429) return { kind: "unanswered" };
    body = await answer.json() as IntentBody;
  } catch {
    return { kind: "unanswered" };
  }
  if (body.error) {
    const { code, decline_code: decline } = body.error;
    if (code === "payment_intent_unexpected_state") return { kind: "settled" };
    // The issuer's own reason says more than that it refused.
    return { kind: "refused", code: (code === "card_declined" && decline) || code || "unknown" };
  }
  const url = body.next_action?.redirect_to_url?.url;
  if (body.status === "requires_action" && url) return { kind: "bank", url };
  return body.status === "requires_payment_method"
    ? { kind: "refused", code: "unknown" }
    : { kind: "taken" };
}
