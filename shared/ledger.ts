import * as z from "zod/mini";
import { BookingStatus, QuoteLine } from "./booking.ts";
import { Collection } from "./dock.ts";
import { DockId, Uuid } from "./ids.ts";
import { Currency, Minor } from "./money.ts";
import { LocalDate } from "./stay.ts";

/** What a transfer of the ledger tells; the database's own list. */
export const TransferKind = z.enum([
  "charge",
  "credit",
  "deposit-kept",
  "capture",
  "refund",
  "refund-failed",
  "payout",
  "payout-reversal",
  "dispute",
  "dispute-won",
  "dispute-lost",
  "provider-fee",
]);
export type TransferKind = z.infer<typeof TransferKind>;

/** A person's accounts: what they owe or are owed, and what is held for them. */
export const StatementAccount = z.enum(["guest", "deposit", "host", "tax"]);
export type StatementAccount = z.infer<typeof StatementAccount>;

export const StatementRole = z.enum(["guest", "host"]);
export type StatementRole = z.infer<typeof StatementRole>;

/** One line of a person's statement. Amounts above zero are in the reader's favour. */
export const StatementItem = z.object({
  transferId: Uuid,
  at: z.string(),
  kind: TransferKind,
  account: StatementAccount,
  bookingId: Uuid,
  dockId: DockId,
  dockName: z.string(),
  from: LocalDate,
  to: LocalDate,
  currency: Currency,
  amountMinor: Minor,
});
export type StatementItem = z.infer<typeof StatementItem>;

/** Of one currency: the balance before the first day asked for, what happened, and after the last. */
export const StatementTotals = z.object({
  currency: Currency,
  openingMinor: Minor,
  kinds: z.array(
    z.object({ account: StatementAccount, kind: TransferKind, amountMinor: Minor }),
  ),
  closingMinor: Minor,
});
export type StatementTotals = z.infer<typeof StatementTotals>;

/** A page of a person's statement, newest first; its totals are of all that was asked for. */
export const Statement = z.object({
  role: StatementRole,
  items: z.array(StatementItem),
  totals: z.array(StatementTotals),
  nextCursor: z.nullable(z.string()),
});
export type Statement = z.infer<typeof Statement>;

/** The platform's books over some days: an account of one kind and currency, all people together. */
export const BookAccount = z.object({
  currency: Currency,
  account: z.enum(["provider", "disputes", "platform", ...StatementAccount.options]),
  /** Debits above zero, credits below. */
  openingMinor: Minor,
  debitMinor: Minor,
  creditMinor: Minor,
  closingMinor: Minor,
});
export type BookAccount = z.infer<typeof BookAccount>;

export const Books = z.object({
  accounts: z.array(BookAccount),
  /** Whether debits and credits are the same in every currency. */
  isBalanced: z.boolean(),
});
export type Books = z.infer<typeof Books>;

/** One movement of a booking's money. Amounts above zero came from the guest. */
export const ReceiptPayment = z.object({
  at: z.string(),
  kind: z.enum(["capture", "refund", "refund-failed", "dispute-lost"]),
  amountMinor: Minor,
});
export type ReceiptPayment = z.infer<typeof ReceiptPayment>;

/** What a stay cost, and what was paid for it. */
export const Receipt = z.object({
  bookingId: Uuid,
  status: BookingStatus,
  issuedAt: z.string(),
  dockName: z.string(),
  harbourName: z.string(),
  hostName: z.string(),
  guestName: z.string(),
  boatName: z.string(),
  from: LocalDate,
  to: LocalDate,
  collection: Collection,
  currency: Currency,
  lines: z.array(QuoteLine),
  totalMinor: Minor,
  depositMinor: Minor,
  payments: z.array(ReceiptPayment),
  /** What the guest has paid and not got back. */
  paidMinor: Minor,
  /** Of that, for the stay itself and the tax in it; the rest is held as deposit or is on its way. */
  chargedMinor: Minor,
  taxMinor: Minor,
  depositHeldMinor: Minor,
  depositKeptMinor: Minor,
});
export type Receipt = z.infer<typeof Receipt>;
