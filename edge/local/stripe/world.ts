import type { BalanceTransaction, StripeEvent } from "./objects.ts";
import { toPublic } from "./objects.ts";
import { newId, type StripeStore } from "./store.ts";

/** The API version whose objects these are: the SDK's own. */
export const API_VERSION = "2026-10-28.endive";

/** What the objects' rules work on: the store, the clock, and who asked. */
export class World {
  readonly store: StripeStore;
  readonly now: () => number;
  /** Where pages of the simulator are, without a slash at its end. */
  readonly baseUrl: string;
  /** How long a bank debit takes to be answered; undefined: until it is told to. */
  readonly settleMs: number | undefined;
  /** What Stripe keeps of a charge for its service. */
  readonly feeOf: (amount: number) => number;
  readonly request: { id: string | null; idempotency_key: string | null };
  /** Called with each event that was written. */
  readonly onEvent: (event: StripeEvent) => void;

  constructor(
    parts: Pick<
      World,
      "store" | "now" | "baseUrl" | "settleMs" | "feeOf" | "request" | "onEvent"
    >,
  ) {
    this.store = parts.store;
    this.now = parts.now;
    this.baseUrl = parts.baseUrl;
    this.settleMs = parts.settleMs;
    this.feeOf = parts.feeOf;
    this.request = parts.request;
    this.onEvent = parts.onEvent;
  }

  seconds(): number {
    return Math.floor(this.now() / 1_000);
  }

  /** What every new object has. */
  born(prefix: string): { id: string; created: number; livemode: false } {
    return { id: newId(prefix), created: this.seconds(), livemode: false };
  }

  emit(type: string, object: object): void {
    const event = this.store.put("events", {
      ...this.born("evt"),
      object: "event",
      api_version: API_VERSION,
      // As it is now: the object goes on changing.
      data: { object: structuredClone(toPublic(object)) },
      pending_webhooks: 1,
      request: this.request,
      type,
      _tries: 0,
    });
    this.onEvent(event);
  }

  /** Moves money on the platform's own balance. */
  book(
    type: BalanceTransaction["type"],
    source: string,
    currency: string,
    amount: number,
  ): BalanceTransaction {
    const fee = type === "charge" ? this.feeOf(amount) : 0;
    return this.store.put("balance_transactions", {
      ...this.born("txn"),
      object: "balance_transaction",
      amount,
      available_on: this.seconds(),
      currency,
      fee,
      net: amount - fee,
      source,
      status: "available",
      type,
    });
  }
}
