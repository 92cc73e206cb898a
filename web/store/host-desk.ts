import { batch, signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Booking } from "../../shared/booking.ts";
import { listBookings, moveBooking } from "../api/bookings-api.ts";
import { listHostDocks } from "../api/host-api.ts";
import type { HostDock } from "../api/host-api.ts";
import type { Http } from "../api/http.ts";
import { readAll } from "./read-all.ts";

export type Answer = "accept" | "decline";

export interface HostDesk {
  /** `renewing` while what was read before is still shown. */
  status: Signal<"waiting" | "renewing" | "ready" | "failed">;
  docks: Signal<readonly HostDock[]>;
  bookings: Signal<readonly Booking[]>;
  error: Signal<unknown>;
  /** The booking whose answer is on its way. */
  answering: Signal<string | null>;
  /** Why the answer to a booking did not go through, by booking. */
  refusals: Signal<Readonly<Record<string, unknown>>>;
  /** Bookings answered since the page was opened: they keep their place, with what became of them. */
  answered: Signal<ReadonlySet<string>>;
  load: () => Promise<void>;
  answer: (booking: Booking, move: Answer) => Promise<void>;
}

/** What a host has on the desk: their docks, and the bookings of these. */
export function createHostDesk(http: Http, newKey: () => string): HostDesk {
  const status = signal<HostDesk["status"]["value"]>("waiting");
  const docks = signal<readonly HostDock[]>([]);
  const bookings = signal<readonly Booking[]>([]);
  const error = signal<unknown>(undefined);
  const answering = signal<string | null>(null);
  const refusals = signal<Readonly<Record<string, unknown>>>({});
  const answered = signal<ReadonlySet<string>>(new Set());
  // The same answer sent again, because nothing came back, is the same request.
  const keys = new Map<string, string>();
  let turn = 0;

  return {
    status,
    docks,
    bookings,
    error,
    answering,
    refusals,
    answered,
    async load() {
      const mine = ++turn;
      if (status.value !== "waiting") status.value = "renewing";
      try {
        const [ownDocks, asked] = await Promise.all([
          readAll((cursor) => listHostDocks(http, cursor)),
          readAll((cursor) => listBookings(http, "host", cursor)),
        ]);
        if (mine !== turn) return;
        batch(() => {
          docks.value = ownDocks;
          bookings.value = asked;
          error.value = undefined;
          status.value = "ready";
        });
      } catch (failure) {
        if (mine !== turn) return;
        batch(() => {
          error.value = failure;
          status.value = "failed";
        });
      }
    },
    async answer(booking, move) {
      if (answering.value !== null) return;
      const attempt = `${booking.id} ${booking.version} ${move}`;
      const key = keys.get(attempt) ?? newKey();
      keys.set(attempt, key);
      batch(() => {
        answering.value = booking.id;
        refusals.value = without(refusals.value, booking.id);
      });
      try {
        replace(await moveBooking(http, booking, move, key));
        keys.delete(attempt);
      } catch (failure) {
        const current = currentOf(failure);
        if (current?.id === booking.id) replace(current);
        refusals.value = { ...refusals.value, [booking.id]: failure };
      } finally {
        answering.value = null;
      }
    },
  };

  function replace(next: Booking): void {
    // An answer to an older list must not undo what is known by now.
    turn++;
    answered.value = new Set([...answered.value, next.id]);
    bookings.value = bookings.value.map((one) => one.id === next.id ? next : one);
    if (status.value === "renewing") status.value = "ready";
  }
}

/** The booking as it is now, where a refusal carries it. */
function currentOf(failure: unknown): Booking | undefined {
  if (!(failure instanceof Error) || !("body" in failure)) return undefined;
  return (failure.body as { current?: Booking }).current;
}

function without(
  record: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const { [name]: _, ...rest } = record;
  return rest;
}
