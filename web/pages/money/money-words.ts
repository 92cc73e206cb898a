import type { StatementAccount, TransferKind } from "../../../shared/ledger.ts";
import type { Payout, PayoutState } from "../../../shared/payment.ts";

export const words = {
  earnings: "Earnings",
  statement: "Statement",
  why: "Your money is shown to you alone.",
  toDesk: "Back to hosting",
  toStays: "Back to your stays",
  payouts: "Payouts",
  payoutText: "Your share of a stay is on its way a day after its arrival.",
  account: {
    none: "To be paid out, say once who you are and where your money goes. Until then it is kept.",
    incomplete: "The payment provider has more to ask before it can pay you.",
    ready: "Your account can be paid to.",
  } satisfies Record<PayoutState, string>,
  open: {
    none: "Set up payouts",
    incomplete: "Go on with it",
    ready: "Look at it",
  } satisfies Record<
    PayoutState,
    string
  >,
  opening: "One moment …",
  waiting: "Earned, not paid out yet",
  nothingWaiting: "Nothing waits to be paid out.",
  state: { due: "on its way", done: "paid out", failed: "failed; tried again" } satisfies Record<
    Payout["state"],
    string
  >,
  none: "Nothing has moved yet.",
  balance: "Balance",
  day: "Day",
  what: "What",
  stay: "Stay",
  amount: "Amount",
  more: "Older ones",
  csv: "All of it as CSV",
} as const;

export const kindWords: Record<TransferKind, string> = {
  "charge": "Price",
  "credit": "Price taken back",
  "deposit-kept": "Deposit kept",
  "capture": "Paid by card",
  "refund": "Given back",
  "refund-failed": "Not given back: the bank sent it back",
  "payout": "Paid out",
  "payout-reversal": "Payout taken back",
  "dispute": "Disputed",
  "dispute-won": "Dispute won",
  "dispute-lost": "Dispute lost",
  "provider-fee": "Provider's fee",
};

/** Named where it is not the one that the statement is of. */
export const accountWords: Partial<Record<StatementAccount, string>> = {
  deposit: "deposit",
  tax: "tax",
};
