import type { Payment } from "../../shared/payment.ts";
import { Problem } from "../../shared/problem.ts";
import type { Booking } from "../../shared/booking.ts";
import type { Config } from "../config.ts";
import { PaymentFailure, type Payments } from "../platform/payments.ts";
import type { Sql } from "../platform/sql.ts";
import type { PaymentDeps } from "./payment-deps.ts";
import { applyIntent, findPayment, type PaymentRow, recordOpened } from "./payment-queries.ts";

/**
 * What the guest's card is to pay now. The first time makes the intent, with the payment's id as
 * idempotency key; later the provider is asked how it stands, so that a webhook that was lost
 * strands nobody. Asked again, the answer is the same intent.
 *
 * @throws {Problem} `move-not-allowed` where nothing is to be paid, `unavailable` where the
 *   provider is away, or there is none.
 */
export async function openPayment(deps: PaymentDeps, booking: Booking): Promise<Payment> {
  const { sql, config } = deps;
  const payments = cardPayments(deps.payments);
  const before = await toPay(sql, booking.id);
  if (before.intentId === null) {
    await makeIntent(sql, payments, before);
  } else if (before.status !== "captured") {
    await askIntent(deps, payments, before.intentId);
  }
  const after = await toPay(sql, booking.id);
  return toPayment(after, config, true);
}

/** How a booking's payment stands, as its guest, its host or an admin may see it. */
export async function readPayment(
  deps: Pick<PaymentDeps, "sql" | "config">,
  booking: Booking,
): Promise<Payment> {
  const row = await findPayment(deps.sql, booking.id);
  if (!row) {
    throw new Problem("not-found", "Cannot find payment: the booking asks for none by card");
  }
  return toPayment(row, deps.config, booking.role === "guest");
}

/** The provider, where one is set up. */
export function cardPayments(payments: Payments | undefined): Payments {
  if (payments) return payments;
  throw new Problem(
    "unavailable",
    "Cannot take cards: no payment provider is set up here (STRIPE_SECRET_KEY)",
  );
}

/** A failure of the provider, as whoever asked sees it. */
export function toProblem(action: string, error: unknown): unknown {
  if (!(error instanceof PaymentFailure)) return error;
  const problem = error.kind === "refused"
    ? new Problem("not-payable", `${action}: the payment provider refuses it (${error.code})`)
    : new Problem("unavailable", `${action}: the payment provider does not answer; try again`, {
      retryAfterSeconds: 5,
    });
  problem.cause = error;
  return problem;
}

async function toPay(sql: Sql, bookingId: string): Promise<PaymentRow> {
  const row = await findPayment(sql, bookingId);
  if (!row) throw new Problem("move-not-allowed", "Cannot pay: the booking asks for no card");
  if (row.status === "cancelled") {
    throw new Problem(
      "move-not-allowed",
      `Cannot pay: the payment has ended, the booking is ${row.bookingStatus}`,
    );
  }
  const isOver = !["held", "requested", "confirmed", "checked_in"].includes(row.bookingStatus);
  if (isOver && row.status !== "captured") {
    throw new Problem("move-not-allowed", `Cannot pay: the booking is ${row.bookingStatus}`);
  }
  return row;
}

async function makeIntent(sql: Sql, payments: Payments, row: PaymentRow): Promise<void> {
  const { id: paymentId, bookingId, currency, amountMinor, capture } = row;
  const intent = await payments
    .openIntent({ paymentId, bookingId, currency, amountMinor, capture })
    .catch((error: unknown) => {
      throw toProblem("Cannot begin payment", error);
    });
  await recordOpened(sql, paymentId, intent);
}

async function askIntent(deps: PaymentDeps, payments: Payments, intentId: string): Promise<void> {
  try {
    await applyIntent(deps.sql, await payments.findIntent(intentId));
  } catch (error) {
    if (!(error instanceof PaymentFailure)) throw error;
    // What is known is enough to pay with; the webhook or the next look tells the rest.
    deps.log("warn", "a payment could not be asked for", { intentId, error: error.message });
  }
}

function toPayment(row: PaymentRow, config: Config, isPayer: boolean): Payment {
  const { bookingStatus: _, intentId: __, clientSecret, status, ...rest } = row;
  const { stripe } = config;
  return {
    ...rest,
    status: status === "new" ? "open" : status,
    clientSecret: isPayer ? clientSecret : null,
    publishableKey: stripe?.publishableKey ?? null,
    apiUrl: stripe?.apiUrl ?? null,
  };
}
