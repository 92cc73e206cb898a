import { expect, it } from "vitest";
import type { Payment } from "../../shared/payment.ts";
import { ApiFailure } from "../api/http.ts";
import type { Http } from "../api/http.ts";
import { createCardPayment } from "./card-payment.ts";

const CARD = { number: "4242 4242 4242 4242", expiry: "12/34", cvc: "123", name: "Maya" };
const OPEN = {
  id: "p",
  bookingId: "b",
  purpose: "stay",
  capture: "automatic",
  status: "open",
  currency: "EUR",
  amountMinor: 9_000,
  depositMinor: 0,
  capturedMinor: 0,
  refundedMinor: 0,
  clientSecret: "pi_1_secret_x",
  publishableKey: "pk",
  apiUrl: "http://pay.test",
} as Payment;

/** A provider and an edge that answer what they are told to, in turn; what they were asked is kept. */
function play(edge: (Partial<Payment> | ApiFailure)[], provider: (object | "lost" | number)[]) {
  const asked: string[] = [];
  const left: string[] = [];
  const http: Http = {
    get: () => Promise.reject(new Error("nothing is read here")),
    send(_method, path) {
      asked.push(path);
      const answer = edge.shift() ?? {};
      return answer instanceof ApiFailure
        ? Promise.reject(answer)
        : Promise.resolve({ ...OPEN, ...answer } as never);
    },
  };
  let changes = 0;
  const payment = createCardPayment({
    http,
    fetch: (url, init) => {
      const body = init?.body instanceof URLSearchParams ? init.body.toString() : "";
      asked.push(`${url instanceof Request ? url.url : url.toString()} ${body}`);
      const answer = provider.shift();
      if (answer === "lost") return Promise.reject(new TypeError("network"));
      if (typeof answer === "number") return Promise.resolve(new Response("", { status: answer }));
      return Promise.resolve(Response.json(answer));
    },
    bookingId: "b",
    newKey: () => "key",
    returnUrl: "http://client.test/bookings/b",
    leave: (url) => left.push(url),
    onChange: () => changes++,
  });
  return { payment, asked, left, changes: () => changes };
}

it("confirms as Stripe.js does, and asks how it stands", async () => {
  const { payment, asked, changes } = play([{}, { status: "captured" }], [{ status: "succeeded" }]);
  await payment.ask();
  await payment.pay(CARD);
  expect(asked).toHaveLength(3);
  const [url, body] = asked[1]!.split(" ");
  expect(url).toBe("http://pay.test/v1/payment_intents/pi_1/confirm");
  expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
    client_secret: "pi_1_secret_x",
    key: "pk",
    "payment_method_data[card][number]": "4242424242424242",
    "payment_method_data[card][exp_month]": "12",
    "payment_method_data[card][exp_year]": "34",
  });
  expect(payment.payment.value?.status).toBe("captured");
  expect(payment.trouble.value).toBeNull();
  expect(changes()).toBe(1);
});

it("says the issuer's own reason, and lets another card be tried", async () => {
  const refusal = { error: { code: "card_declined", decline_code: "insufficient_funds" } };
  const { payment } = play([{}, { status: "captured" }], [refusal, { status: "succeeded" }]);
  await payment.ask();
  await payment.pay(CARD);
  expect(payment.trouble.value).toEqual({ kind: "refused", code: "insufficient_funds" });
  await payment.pay(CARD);
  expect(payment.payment.value?.status).toBe("captured");
  expect(payment.trouble.value).toBeNull();
});

it("goes to the bank's page where it asks", async () => {
  const url = "http://bank.test/ask";
  const answer = { status: "requires_action", next_action: { redirect_to_url: { url } } };
  const { payment, left } = play([{}], [answer]);
  await payment.ask();
  await payment.pay(CARD);
  expect(left).toEqual([url]);
});

it.each(["lost", 502, 429] as const)(
  "asks what came of it before it tries again (%s)",
  async (failure) => {
    const offline = new ApiFailure("offline", "");
    const edge = [{}, offline, { status: "captured" as const }];
    const { payment, asked } = play(edge, [failure]);
    await payment.ask();
    await payment.pay(CARD);
    expect(payment.trouble.value).toEqual({ kind: "unanswered" });
    await payment.pay(CARD);
    // It had gone through: nothing is sent to the provider a second time.
    expect(asked.filter((one) => one.startsWith("http://pay.test"))).toHaveLength(1);
    expect(payment.payment.value?.status).toBe("captured");
    expect(payment.trouble.value).toBeNull();
  },
);

it("does not send a card while it cannot know what came of the one before", async () => {
  const offline = () => new ApiFailure("offline", "");
  const { payment, asked } = play([{}, offline(), offline()], ["lost"]);
  await payment.ask();
  await payment.pay(CARD);
  await payment.pay(CARD);
  expect(asked.filter((one) => one.startsWith("http://pay.test"))).toHaveLength(1);
  expect(payment.trouble.value).toEqual({ kind: "unanswered" });
});

it("sends one press, not two", async () => {
  const { payment, asked } = play([{}, { status: "captured" }], [{ status: "succeeded" }]);
  await payment.ask();
  await Promise.all([payment.pay(CARD), payment.pay(CARD)]);
  expect(asked.filter((one) => one.startsWith("http://pay.test"))).toHaveLength(1);
});
