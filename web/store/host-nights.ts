import { batch, signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Block } from "../../shared/api.ts";
import { LIVE_STATUSES } from "../../shared/booking.ts";
import type { Booking } from "../../shared/booking.ts";
import { dateToDay, dayToDate } from "../../shared/stay.ts";
import { listBookings } from "../api/bookings-api.ts";
import { readAvailability } from "../api/docks-api.ts";
import { createBlock, listBlocks, removeBlock } from "../api/host-api.ts";
import type { Http } from "../api/http.ts";
import { attemptOf } from "./attempt.ts";
import type { Attempt } from "./attempt.ts";

export interface HostNights {
  status: Signal<"waiting" | "ready" | "failed">;
  /** Nights that are not for sale, whatever keeps them. */
  taken: Signal<ReadonlySet<string>>;
  blocks: Signal<readonly Block[]>;
  /** Stays of this dock that are not over, the next first. */
  bookings: Signal<readonly Booking[]>;
  error: Signal<unknown>;
  doing: Signal<string | null>;
  load: () => Promise<void>;
  /** Whether the nights are blocked now. */
  block: (from: string, to: string, note: string) => Promise<boolean>;
  unblock: (id: string) => Promise<void>;
}

/** As far ahead as one question to the API goes. */
const DAYS_SHOWN = 400;
const MAX_PAGES = 8;

/** The nights of one dock. `today` is the dock's own date. */
export function createHostNights(
  http: Http,
  dockId: number,
  today: string,
  newKey: () => string,
): HostNights {
  const status = signal<HostNights["status"]["value"]>("waiting");
  const taken = signal<ReadonlySet<string>>(new Set());
  const blocks = signal<readonly Block[]>([]);
  const bookings = signal<readonly Booking[]>([]);
  const error = signal<unknown>(undefined);
  const doing = signal<string | null>(null);
  let attempt: Attempt | undefined;

  async function load(): Promise<void> {
    const span = { from: today, to: dayToDate(dateToDay(today) + DAYS_SHOWN) };
    try {
      const [availability, found, stays] = await Promise.all([
        readAvailability(http, dockId, span),
        listBlocks(http, dockId),
        listStays(),
      ]);
      batch(() => {
        taken.value = new Set(
          availability.nights.filter(({ free }) => !free).map(({ date }) => date),
        );
        blocks.value = found;
        bookings.value = stays;
        status.value = "ready";
      });
    } catch (failure) {
      batch(() => {
        error.value = failure;
        if (status.value === "waiting") status.value = "failed";
      });
    }
  }

  async function listStays(): Promise<Booking[]> {
    const found: Booking[] = [];
    let cursor: string | undefined;
    for (let i = 0; i < MAX_PAGES; i++) {
      const page = await listBookings(http, "host", cursor);
      found.push(
        ...page.items.filter((one) =>
          one.dockId === dockId && one.to >= today && LIVE_STATUSES.includes(one.status)
        ),
      );
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    return found.toSorted((a, b) => a.from < b.from ? -1 : 1);
  }

  /** Runs a change; what the calendar shows is then asked again. */
  async function change(name: string, work: () => Promise<unknown>): Promise<boolean> {
    if (doing.value !== null) return false;
    batch(() => {
      doing.value = name;
      error.value = undefined;
    });
    let isDone = false;
    try {
      await work();
      isDone = true;
    } catch (failure) {
      error.value = failure;
    }
    const refusal = error.value;
    await load();
    batch(() => {
      if (refusal !== undefined) error.value = refusal;
      doing.value = null;
    });
    return isDone;
  }

  return {
    status,
    taken,
    blocks,
    bookings,
    error,
    doing,
    load,
    block(from, to, note) {
      const body = { from, to, note };
      const open = attempt = attemptOf(attempt, body, newKey);
      return change("block", async () => {
        await createBlock(http, dockId, body, open.key);
        attempt = undefined;
      });
    },
    async unblock(id) {
      await change(id, () => removeBlock(http, dockId, id));
    },
  };
}
