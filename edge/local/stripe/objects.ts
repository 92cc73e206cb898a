// Stripe's objects as the simulator keeps them: the fields that Dokkerr reads, with Stripe's names.
// What begins with an underscore is the simulator's own and leaves it never.

interface Kept {
  id: string;
  /** Seconds since 1970. */
  created: number;
  livemode: false;
}

export type IntentStatus =
  | "requires_payment_method"
  | "requires_confirmation"
  | "requires_action"
  | "processing"
  | "requires_capture"
  | "succeeded"
  | "canceled";

export interface Intent extends Kept {
  object: "payment_intent";
  amount: number;
  amount_capturable: number;
  amount_received: number;
  currency: string;
  status: IntentStatus;
  capture_method: "automatic" | "automatic_async" | "manual";
  confirmation_method: "automatic";
  client_secret: string;
  description: string | null;
  metadata: Record<string, string>;
  transfer_group: string | null;
  payment_method: string | null;
  payment_method_types: string[];
  latest_charge: string | null;
  last_payment_error: Record<string, unknown> | null;
  next_action: Record<string, unknown> | null;
  canceled_at: number | null;
  cancellation_reason: string | null;
  /** The number of the card, or the account, that waits for its holder or its bank. */
  _source?: string;
  _returnUrl?: string;
  /** When a slow payment's bank answers, milliseconds since 1970. */
  _settlesAtMs?: number;
}

export interface Charge extends Kept {
  object: "charge";
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  balance_transaction: string | null;
  captured: boolean;
  currency: string;
  disputed: boolean;
  failure_code: string | null;
  failure_message: string | null;
  metadata: Record<string, string>;
  paid: boolean;
  payment_intent: string;
  refunded: boolean;
  status: "succeeded" | "pending" | "failed";
  transfer_group: string | null;
  _transferred: number;
  _source: string;
}

export interface Refund extends Kept {
  object: "refund";
  amount: number;
  balance_transaction: string | null;
  charge: string;
  currency: string;
  metadata: Record<string, string>;
  payment_intent: string;
  reason: string | null;
  status: "succeeded" | "pending" | "failed" | "canceled";
  failure_reason?: string;
}

export interface Transfer extends Kept {
  object: "transfer";
  amount: number;
  amount_reversed: number;
  balance_transaction: string;
  currency: string;
  description: string | null;
  destination: string;
  metadata: Record<string, string>;
  reversed: boolean;
  source_transaction: string | null;
  transfer_group: string | null;
}

export interface Reversal extends Kept {
  object: "transfer_reversal";
  amount: number;
  balance_transaction: string;
  currency: string;
  metadata: Record<string, string>;
  transfer: string;
}

export interface Account extends Kept {
  object: "account";
  type: string;
  country: string;
  email: string | null;
  charges_enabled: boolean;
  payouts_enabled: boolean;
  details_submitted: boolean;
  capabilities: Record<string, "active" | "inactive" | "pending">;
  metadata: Record<string, string>;
  requirements: { currently_due: string[]; disabled_reason: string | null };
}

export interface AccountLink extends Kept {
  object: "account_link";
  expires_at: number;
  url: string;
  _account: string;
  _returnUrl: string;
  _refreshUrl: string;
  _isUsed: boolean;
}

export interface Dispute extends Kept {
  object: "dispute";
  amount: number;
  charge: string;
  currency: string;
  metadata: Record<string, string>;
  payment_intent: string;
  reason: string;
  status: "needs_response" | "under_review" | "won" | "lost";
}

export interface BalanceTransaction extends Kept {
  object: "balance_transaction";
  amount: number;
  available_on: number;
  currency: string;
  fee: number;
  net: number;
  source: string;
  status: "available";
  type: "charge" | "refund" | "transfer" | "transfer_refund" | "adjustment" | "refund_failure";
}

export interface StripeEvent extends Kept {
  object: "event";
  api_version: string;
  data: { object: Record<string, unknown> };
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
  _tries: number;
}

/** The answer that an idempotency key has got. */
export interface KeptAnswer extends Kept {
  object: "_answer";
  method: string;
  path: string;
  /** The parameters, in one order. */
  params: string;
  status: number;
  body: string;
}

/** Every table of the simulator. */
export interface Tables {
  payment_intents: Intent;
  charges: Charge;
  refunds: Refund;
  transfers: Transfer;
  reversals: Reversal;
  accounts: Account;
  account_links: AccountLink;
  disputes: Dispute;
  balance_transactions: BalanceTransaction;
  events: StripeEvent;
  answers: KeptAnswer;
}
export type TableName = keyof Tables;

/** An object as the API shows it. */
export function toPublic(object: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !name.startsWith("_")));
}
