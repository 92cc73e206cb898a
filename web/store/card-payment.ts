import { batch, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Payment } from "../../shared/payment.ts";
import { confirmCard } from "../api/card-api.ts";
import type { Card, CardAnswer } from "../api/card-api.ts";
import type { Http } from "../api/http.ts";
import { openPayment } from "../api/payments-api.ts";

/** Why a card was not taken: the provider's own code, or that nothing came back. */
export type CardTrouble = { kind: "refused"; code: string } | { kind: "unanswered" };

/** One payment of a booking, from its card form to the provider and back. */
export interface CardPayment {
  payment: ReadonlySignal<Payment | undefined>;
  /** Why the payment could not be begun, or asked for. */
  error: ReadonlySignal<unknown>;
  trouble: ReadonlySignal<CardTrouble | null>;
  isSending: ReadonlySignal<boolean>;
  /** Begins it, or asks how it stands; says whether an answer came. */
  ask(): Promise<boolean>;
  /** Pays with a card. What may have gone through is asked for before it is tried again. */
  pay(card: Card): Promise<void>;
  /** The same with what Stripe's own form holds. */
  payWith(confirm: (payment: Payment) => Promise<CardAnswer>): Promise<void>;
  refuse(code: string): void;
}

export interface CardPaymentOptions {
  http: Http;
  fetch: typeof fetch;
  bookingId: string;
  newKey: () => string;
  /** Where the bank's page leads back to. */
  returnUrl: string;
  /** Leaves for another site. */
  leave: (url: string) => void;
  /** The payment stands differently: the booking is to be read anew. */
  onChange: () => void;
}

export function createCardPayment(options: CardPaymentOptions): CardPayment {
  const { http, fetch, bookingId, newKey, returnUrl, leave, onChange } = options;
  const payment = signal<Payment | undefined>(undefined);
  const error = signal<unknown>(undefined);
  const trouble = signal<CardTrouble | null>(null);
  const isSending = signal(false);
  let mayBePaid = false;

  async function ask(): Promise<boolean> {
    try {
      const before = payment.value;
      const now = await openPayment(http, bookingId, newKey());
      batch(() => {
        payment.value = now;
        error.value = undefined;
      });
      mayBePaid = false;
      if (before && (before.status !== now.status || before.id !== now.id)) onChange();
      return true;
    } catch (failure) {
      error.value = failure;
      onChange();
      return false;
    }
  }

  async function payWith(confirm: (payment: Payment) => Promise<CardAnswer>): Promise<void> {
    if (isSending.value || !payment.value) return;
    batch(() => {
      isSending.value = true;
      trouble.value = null;
      error.value = undefined;
    });
    try {
      if (mayBePaid && !(await ask())) {
        trouble.value = { kind: "unanswered" };
        return;
      }
      const { value } = payment;
      if (!value || value.status !== "open") return;
      await take(await confirm(value));
    } finally {
      isSending.value = false;
    }
  }

  async function take(answer: CardAnswer): Promise<void> {
    if (answer.kind === "bank") return leave(answer.url);
    if (answer.kind === "refused") {
      trouble.value = answer;
      return;
    }
    mayBePaid = true;
    const isKnown = await ask();
    if (answer.kind === "unanswered" && (!isKnown || payment.value?.status === "open")) {
      mayBePaid = true;
      trouble.value = answer;
    }
  }

  return {
    payment,
    error,
    trouble,
    isSending,
    ask,
    payWith,
    pay: (card) => payWith((open) => confirmCard(fetch, open, card, returnUrl)),
    refuse(code) {
      trouble.value = { kind: "refused", code };
    },
  };
}
