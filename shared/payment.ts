import * as z from "zod/mini";
import { Uuid } from "./ids.ts";
import { Currency, Minor } from "./money.ts";

/**
 * `open` waits for its payer, `processing` for a bank, `authorised` for its host; then it is
 * `captured` or `cancelled`.
 */
export const PaymentStatus = z.enum(["open", "processing", "authorised", "captured", "cancelled"]);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

/** What a booking, or a change of one, asks a card to pay. */
export const Payment = z.object({
  id: Uuid,
  bookingId: Uuid,
  purpose: z.enum(["stay", "change"]),
  /** `manual`: held ready now, taken when the host accepts. */
  capture: z.enum(["automatic", "manual"]),
  status: PaymentStatus,
  currency: Currency,
  /** The stay's total and the deposit together. */
  amountMinor: Minor,
  depositMinor: Minor,
  capturedMinor: Minor,
  refundedMinor: Minor,
  /** With the publishable key it pays exactly this; only the guest gets it. */
  clientSecret: z.nullable(z.string()),
  publishableKey: z.nullable(z.string()),
  /**
   * Where the card form confirms by itself (`POST /v1/payment_intents/{id}/confirm`); null: by
   * Stripe.js.
   */
  apiUrl: z.nullable(z.string()),
});
export type Payment = z.infer<typeof Payment>;

/** Where a host's money goes: nowhere yet, to an account with questions open, or to a ready one. */
export const PayoutState = z.enum(["none", "incomplete", "ready"]);
export type PayoutState = z.infer<typeof PayoutState>;

/** Money on its way to a host; below zero where it comes back from them. */
export const Payout = z.object({
  id: Uuid,
  bookingId: Uuid,
  currency: Currency,
  amountMinor: Minor,
  state: z.enum(["due", "done", "failed"]),
  createdAt: z.string(),
  doneAt: z.nullable(z.string()),
});
export type Payout = z.infer<typeof Payout>;

export const Payouts = z.object({
  account: PayoutState,
  /** What stays have earned that is not paid out yet, a day after each check-in at the earliest. */
  waiting: z.array(z.object({ currency: Currency, amountMinor: Minor })),
  items: z.array(Payout),
  nextCursor: z.nullable(z.string()),
});
export type Payouts = z.infer<typeof Payouts>;

export const PayoutAccountAnswer = z.object({
  account: PayoutState,
  /** The provider's page for whom it needs to know; good for one visit. Null where all is said. */
  url: z.nullable(z.string()),
});
export type PayoutAccountAnswer = z.infer<typeof PayoutAccountAnswer>;
