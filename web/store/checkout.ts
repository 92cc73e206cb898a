import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { NewBooking, QuoteAnswer, SearchItem } from "../../shared/api.ts";
import type { Booking } from "../../shared/booking.ts";
import { createBooking } from "../api/bookings-api.ts";
import { ApiFailure } from "../api/http.ts";
import type { FailureCode, Http } from "../api/http.ts";
import type { KeptStrings } from "./prefs.ts";

/** What came of asking for a booking. */
export type Outcome =
  | { kind: "none" }
  | { kind: "sending" }
  | { kind: "taken"; nearest: readonly SearchItem[] }
  | { kind: "price-changed"; quote: QuoteAnswer | null }
  | { kind: "failed"; error: unknown; mayHaveWorked: boolean };

export interface Checkout {
  outcome: Signal<Outcome>;
  /** A request of an earlier try that was never answered: it is sent again as it was. */
  hasPending(): boolean;
  /** Books; the booking, or undefined where `outcome` says why not. */
  book(body: NewBooking): Promise<Booking | undefined>;
  /** Sends what was never answered once more. */
  retry(): Promise<Booking | undefined>;
}

interface Pending {
  key: string;
  body: NewBooking;
}

/** After these the server may have booked without our hearing of it. */
const UNANSWERED: readonly FailureCode[] = ["offline", "unavailable", "internal", "rate-limited"];

/**
 * Sends a booking so that no answer that was lost, no reload and no second press can book twice:
 * the key and the body that it goes with are kept until an answer has come.
 */
export function createCheckout(
  http: Http,
  kept: KeptStrings,
  newKey: () => string,
  dockId: number,
  isOnline: () => boolean = () => true,
): Checkout {
  const outcome = signal<Outcome>({ kind: "none" });
  const name = `dokkerr.booking.${dockId}`;
  let pending = read();

  function read(): Pending | null {
    try {
      // Written below, and by nobody else.
      return JSON.parse(kept.getItem(name) ?? "null") as Pending | null;
    } catch {
      return null;
    }
  }

  function keep(next: Pending | null): void {
    pending = next;
    try {
      kept.setItem(name, JSON.stringify(next));
    } catch {
      // Without storage the key lives as long as the page.
    }
  }

  async function send({ key, body }: Pending): Promise<Booking | undefined> {
    outcome.value = { kind: "sending" };
    try {
      const booking = await createBooking(http, body, key);
      keep(null);
      outcome.value = { kind: "none" };
      return booking;
    } catch (error) {
      const mayHaveWorked = error instanceof ApiFailure && UNANSWERED.includes(error.code);
      if (!mayHaveWorked) keep(null);
      outcome.value = toOutcome(error, mayHaveWorked);
      return undefined;
    }
  }

  return {
    outcome,
    hasPending: () => pending !== null,
    async book(body) {
      if (outcome.value.kind === "sending") return undefined;
      // Nights are sold by the minute: a booking that waited for a network would be another one.
      if (!pending && !isOnline()) {
        const error = new ApiFailure("offline", "The server cannot be reached");
        outcome.value = { kind: "failed", error, mayHaveWorked: false };
        return undefined;
      }
      if (!pending) keep({ key: newKey(), body });
      return await send(pending!);
    },
    async retry() {
      return pending && outcome.value.kind !== "sending" ? await send(pending) : undefined;
    },
  };
}

function toOutcome(error: unknown, mayHaveWorked: boolean): Outcome {
  if (error instanceof ApiFailure) {
    const { nearest, quote } = error.body;
    if (error.code === "dates-taken") {
      // The API's own records, as its answers to a search have them.
      return { kind: "taken", nearest: Array.isArray(nearest) ? nearest as SearchItem[] : [] };
    }
    if (error.code === "price-changed") {
      return { kind: "price-changed", quote: (quote as QuoteAnswer | undefined) ?? null };
    }
  }
  return { kind: "failed", error, mayHaveWorked };
}
