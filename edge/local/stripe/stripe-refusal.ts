/** An error of Stripe's API, in its own words (https://docs.stripe.com/api/errors). */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: { type: string; message: string } & Record<string, unknown>) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** `invalid_request_error`: the caller asked for what cannot be. */
export function invalidRequest(
  message: string,
  more: { code?: string; param?: string; payment_intent?: unknown } = {},
  status = 400,
): StripeRefusal {
  return new StripeRefusal(status, { type: "invalid_request_error", message, ...more });
}

/** 404: there is nothing by that id. */
export function noSuch(what: string, id: string, param = "id"): StripeRefusal {
  return invalidRequest(`No such ${what}: '${id}'`, { code: "resource_missing", param }, 404);
}

/** 402: the card was refused. */
export function cardError(
  message: string,
  more: { code: string; param?: string; decline_code?: string; payment_intent?: unknown },
): StripeRefusal {
  return new StripeRefusal(402, { type: "card_error", message, ...more });
}
