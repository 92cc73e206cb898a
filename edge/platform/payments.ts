/** What becomes of a card payment, in the payment table's own words. */
export type IntentStatus = "open" | "processing" | "authorised" | "captured" | "cancelled";

/** One payment as the provider sees it now. */
export interface Intent {
  id: string;
  /** Our payment's id, as it was given at opening; null for intents that are not ours. */
  paymentId: string | null;
  bookingId: string | null;
  status: IntentStatus;
  /** ISO 4217, capitals. */
  currency: string;
  amountMinor: number;
  /** What a manual payment holds ready. */
  capturableMinor: number;
  capturedMinor: number;
  clientSecret: string | null;
}

export interface NewIntent {
  /** Also the idempotency key: asked again, the provider answers the same intent. */
  paymentId: string;
  bookingId: string;
  currency: string;
  amountMinor: number;
  /** `manual` holds the money ready until it is captured. */
  capture: "automatic" | "manual";
}

export interface Refund {
  id: string;
  intentId: string | null;
  /** Of our task that asked for it; null for refunds made elsewhere. */
  taskId: string | null;
  currency: string;
  amountMinor: number;
  hasFailed: boolean;
}

export interface Transfer {
  id: string;
  accountId: string | null;
  taskId: string | null;
  bookingId: string | null;
  currency: string;
  amountMinor: number;
  reversedMinor: number;
}

/** A host's account at the provider. */
export interface PayoutAccount {
  id: string;
  /** Money can be sent there. */
  isReady: boolean;
  /** The host has answered what the provider asked. */
  isSubmitted: boolean;
}

/** What a webhook says, as far as Dokkerr knows its type. */
export type ProviderNews =
  | { kind: "intent"; intent: Intent }
  | {
    kind: "dispute";
    disputeId: string;
    intentId: string | null;
    amountMinor: number;
    /** `withdrawn`: the bank has taken it; then it is `won` or `lost`. */
    state: "opened" | "withdrawn" | "won" | "lost";
  }
  | { kind: "refund-failed"; refundId: string; taskId: string | null; reason: string }
  | { kind: "account"; accountId: string }
  | { kind: "other" };

export interface ProviderEvent {
  id: string;
  type: string;
  news: ProviderNews;
}

/**
 * The payment provider. Every call that changes something carries an idempotency key of ours; calls
 * throw PaymentFailure. `isRetry` makes it look first whether an earlier try got through, for
 * providers forget keys.
 */
export interface Payments {
  openIntent(intent: NewIntent): Promise<Intent>;
  findIntent(intentId: string): Promise<Intent>;
  /**
   * What the provider kept of a captured payment for its service, in the payment's own currency;
   * undefined while it does not say, 0 where it is kept in another currency.
   */
  findFee(intentId: string): Promise<number | undefined>;
  capture(order: { intentId: string; currency: string; amountMinor: number; key: string }): Promise<
    Intent
  >;
  cancel(order: { intentId: string; key: string }): Promise<Intent>;
  refund(
    order: {
      intentId: string;
      currency: string;
      amountMinor: number;
      taskId: string;
      isRetry: boolean;
    },
  ): Promise<Refund>;
  transfer(
    order: {
      accountId: string;
      bookingId: string;
      currency: string;
      amountMinor: number;
      taskId: string;
      isRetry: boolean;
    },
  ): Promise<Transfer>;
  /** Takes a part of a transfer back; answers the reversal's id. */
  reverse(
    order: { transferId: string; currency: string; amountMinor: number; taskId: string },
  ): Promise<{ id: string }>;
  openAccount(host: { personId: string; email: string }): Promise<PayoutAccount>;
  findAccount(accountId: string): Promise<PayoutAccount>;
  /** A page where the host tells the provider what it must know; good for one visit. */
  onboardingUrl(
    order: { accountId: string; returnUrl: string; refreshUrl: string },
  ): Promise<string>;
  /**
   * Reads a webhook's body, once its signature and age are found to be good; `known` reads one that
   * was kept.
   *
   * @throws {WebhookRefused}
   */
  readWebhook(body: string, signature: string | null, nowMs: number): Promise<ProviderEvent>;
  readKept(body: string): ProviderEvent;
  /** Everything since an instant, newest first. */
  listIntents(sinceMs: number): AsyncIterable<Intent>;
  listRefunds(sinceMs: number): AsyncIterable<Refund>;
  listTransfers(sinceMs: number): AsyncIterable<Transfer>;
}

/**
 * Why the provider did not do something. `away`: it can be tried again. `later`: it can be, but not
 * before something else has happened (funds, a host's account). `state`: what it is about is in
 * another state by now; ask for that. `refused`: for good.
 */
export type FailureKind = "away" | "later" | "state" | "refused";

export class PaymentFailure extends Error {
  override readonly name = "PaymentFailure";
  readonly kind: FailureKind;
  /** The provider's own code. */
  readonly code: string;

  constructor(kind: FailureKind, code: string, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.kind = kind;
    this.code = code;
  }
}

/** A webhook that the provider did not sign, or too long ago. */
export class WebhookRefused extends Error {
  override readonly name = "WebhookRefused";
}
