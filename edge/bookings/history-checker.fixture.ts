import { type BookingStatus, canMove, LIVE_STATUSES } from "../../shared/booking.ts";
import type { BookingMove, BookingRole } from "../../shared/booking.ts";
import { groupBy } from "../../shared/group-by.ts";
import type { Sql } from "../platform/sql.ts";

/** What of a booking counts here, as an answer, an event or a row says it. */
export interface StayState {
  version: number;
  status: BookingStatus;
  dockId: number;
  from: string;
  to: string;
}

/** A call that was to change something, with all of its retries under one key. */
export interface Call {
  what: "create" | "change" | "move";
  /** `unknown`: it broke off, or its answer was a fault of the server; it may have happened. */
  outcome: "ok" | "fail" | "unknown";
  status: number;
  actorId: string;
  /** The name of the boat of a `create`, which no other call has. */
  marker?: string;
  bookingId?: string;
  /** What it sent as If-Match. */
  version?: number;
  move?: BookingMove;
  /** The stay that a `change` asked for. */
  wish?: Pick<StayState, "dockId" | "from" | "to">;
  /** What an `ok` was answered with. */
  booking?: StayState & { id: string };
}

interface StoredEvent {
  dockId: number;
  version: number;
  kind: string;
  bookingId: string;
  before: StayState | null;
  after: StayState & { spanCm: [number, number] | null };
  actorId: string | null;
  actorRole: BookingRole;
  amounts: { dockId?: number; from?: string; to?: string } | null;
  /** The version of each other dock that the same transaction wrote. */
  beside: Record<string, number> | null;
}

/** What the database has at the end. */
export interface Stored {
  bookings: (StayState & { id: string; guestId: string; marker: string })[];
  /** Of each booking in its order. */
  events: StoredEvent[];
  /** Pairs of rows of occupancy that lie over each other. */
  overlaps: string[];
}

/** Reads what a history is held against. */
export async function readStored(sql: Sql): Promise<Stored> {
  const bookings = await sql.query<Stored["bookings"][number]>(
    `SELECT id, version, status, dock_id AS "dockId", lower(nights) AS "from",
       upper(nights) AS "to", guest_id AS "guestId", vessel ->> 'name' AS marker FROM booking`,
  );
  const events = await sql.query<StoredEvent>(
    `SELECT e.dock_id AS "dockId", e.version, e.kind, e.booking_id AS "bookingId",
       e.body -> 'before' AS before, e.body -> 'after' AS after,
       e.body ->> 'actorId' AS "actorId", e.body ->> 'actorRole' AS "actorRole",
       e.body -> 'amounts' AS amounts,
       (SELECT jsonb_object_agg(dock_id, version) FROM (
          SELECT o.dock_id, max(o.version) AS version FROM event o
          WHERE o.xid = e.xid AND o.dock_id <> e.dock_id AND o.kind = 'nights.released'
          GROUP BY o.dock_id) AS others) AS beside
     FROM event e WHERE e.booking_id IS NOT NULL ORDER BY e.booking_id, e.version`,
  );
  const overlaps = await sql.query<{ pair: string }>(
    `SELECT format('%s and %s lie over each other at dock %s',
       coalesce(a.booking_id, a.id), coalesce(b.booking_id, b.id), a.dock_id) AS pair
     FROM occupancy a JOIN occupancy b ON a.dock_id = b.dock_id AND a.id < b.id
       AND a.nights && b.nights AND a.span && b.span`,
  );
  return { bookings, events, overlaps: overlaps.map(({ pair }) => pair) };
}

/** Every way in which what was answered and what is stored do not agree; empty where all is well. */
export function findFaults(calls: readonly Call[], stored: Stored): string[] {
  const chains = groupBy(stored.events, ({ bookingId }) => bookingId);
  return [
    ...stored.overlaps,
    ...overlapsEver(chains),
    ...brokenChains(chains, stored),
    ...calls.flatMap((call) => callFaults(call, calls, stored, chains)),
    ...unasked(calls, stored, chains),
  ];
}

type Chains = ReadonlyMap<string, readonly StoredEvent[]>;

interface Lying {
  bookingId: string;
  /** Versions of the dock's calendar, [from, until). */
  since: number;
  until: number;
  nights: [string, string];
  span: [number, number];
}

/** Stays that lay over each other at any time: a dock's calendar numbers all that happened there. */
function overlapsEver(chains: Chains): string[] {
  const byDock = new Map<number, Lying[]>();
  for (const [bookingId, chain] of chains) {
    for (const [index, { dockId, version, after }] of chain.entries()) {
      if (!LIVE_STATUSES.includes(after.status)) continue;
      const next = chain[index + 1];
      const until = next === undefined
        ? Infinity
        : next.dockId === dockId
        ? next.version
        : next.beside?.[dockId] ?? Infinity;
      const lying: Lying = {
        bookingId,
        since: version,
        until,
        nights: [after.from, after.to],
        span: after.spanCm ?? [0, Infinity],
      };
      byDock.set(dockId, [...(byDock.get(dockId) ?? []), lying]);
    }
  }
  const faults = new Set<string>();
  for (const [dockId, all] of byDock) {
    for (const [index, a] of all.entries()) {
      for (const b of all.slice(index + 1)) {
        if (a.bookingId === b.bookingId) continue;
        const meet = a.since < b.until && b.since < a.until && a.nights[0] < b.nights[1] &&
          b.nights[0] < a.nights[1] && a.span[0] < b.span[1] && b.span[0] < a.span[1];
        if (meet) faults.add(`${a.bookingId} and ${b.bookingId} were both at dock ${dockId}`);
      }
    }
  }
  return [...faults];
}

/** A history without holes, each step of which the table of moves allows, and that ends at its row. */
function brokenChains(chains: Chains, { bookings }: Stored): string[] {
  const faults: string[] = [];
  for (const row of bookings) {
    const chain = chains.get(row.id) ?? [];
    let last: StoredEvent["after"] | undefined;
    for (const { kind, before, after, actorRole } of chain) {
      if (last === undefined ? kind !== "booking.create" : !isSame(before, last)) {
        faults.push(`${row.id} has a hole before ${kind}`);
      }
      if (last && last.status !== after.status) {
        const move = kind.slice("booking.".length) as BookingMove;
        if (!canMove(move, last.status, actorRole)) {
          faults.push(`${row.id} was ${last.status} and made ${kind} by ${actorRole}`);
        }
      }
      last = after;
    }
    if (!isSame(row, last)) faults.push(`${row.id} is not what its history says`);
  }
  return faults;
}

function isSame(a: StayState | null | undefined, b: StayState | undefined): boolean {
  return a?.version === b?.version && a?.status === b?.status && isSamePlace(a, b);
}

function isSamePlace(
  a: Partial<StayState> | null | undefined,
  b: Partial<StayState> | undefined,
): boolean {
  return a?.dockId === b?.dockId && a?.from === b?.from && a?.to === b?.to;
}

/** What of a call's answer is not so. */
function callFaults(
  call: Call,
  calls: readonly Call[],
  { bookings }: Stored,
  chains: Chains,
): string[] {
  const name = `${call.what} ${call.marker ?? `${call.move ?? ""} ${call.bookingId}`}`;
  const faults: string[] = [];
  if (call.outcome === "ok") {
    const { booking } = call;
    const told = chains.get(booking?.id ?? "")?.find(({ version }) => version === booking?.version);
    if (!isSame(told?.after, booking)) faults.push(`${name} was answered and did not happen`);
  }
  if (call.what === "create") {
    const made = bookings.filter(({ marker }) => marker === call.marker);
    if (call.outcome === "fail" && made.length > 0) faults.push(`${name} was refused and is there`);
    if (made.length > 1) faults.push(`${name} is there ${made.length} times`);
    if (made.some(({ guestId }) => guestId !== call.actorId)) faults.push(`${name} is another's`);
  } else if (call.outcome === "fail") {
    const isExplained = calls.some((other) => other.outcome !== "fail" && isSameAsk(other, call));
    const happened = (chains.get(call.bookingId ?? "") ?? []).some((event) =>
      isEffectOf(event, call)
    );
    if (happened && !isExplained) faults.push(`${name} was refused and happened`);
  }
  return faults;
}

function isSameAsk(a: Call, b: Call): boolean {
  return a.what === b.what && a.bookingId === b.bookingId && a.version === b.version &&
    a.move === b.move && a.actorId === b.actorId && isSamePlace(a.wish, b.wish);
}

/** Whether an event is what a change or a move of a booking asked for. */
function isEffectOf(event: StoredEvent, call: Call): boolean {
  if (event.before?.version !== call.version || event.actorId !== call.actorId) return false;
  if (call.what === "move") return event.kind === `booking.${call.move}`;
  if (event.kind === "booking.change") return isSamePlace(event.after, call.wish);
  return event.kind === "booking.hold-change" && isSamePlace(event.amounts ?? {}, call.wish);
}

/** What happened though nobody asked for it. */
function unasked(calls: readonly Call[], { bookings }: Stored, chains: Chains): string[] {
  const markers = new Set(calls.filter((call) => call.outcome !== "fail").map((one) => one.marker));
  const faults = bookings.filter(({ marker }) => !markers.has(marker))
    .map(({ id }) => `${id} was booked by nobody`);
  for (const [id, chain] of chains) {
    const held: StoredEvent[] = [];
    for (const event of chain) {
      const { kind, actorId } = event;
      if (actorId === null || kind === "booking.create") continue;
      // Its payment came: the change that was held is made.
      const isHeldOne = kind === "booking.change" &&
        held.some(({ amounts }) => isSamePlace(amounts ?? {}, event.after));
      const isAsked = calls.some((call) =>
        call.outcome !== "fail" && call.bookingId === id && isEffectOf(event, call)
      );
      if (!isAsked && !isHeldOne) faults.push(`nobody asked for ${kind} of ${id}`);
      if (kind === "booking.hold-change") held.push(event);
    }
  }
  return faults;
}
