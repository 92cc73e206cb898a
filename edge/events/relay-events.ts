import { bookingNoteText, isAgreed } from "../../shared/booking-note.ts";
import { groupBy } from "../../shared/group-by.ts";
import type { Deps } from "../deps.ts";
import type { Sql } from "../platform/sql.ts";
import { type CellEvent, tellWaters } from "./relay-water.ts";

/** Events of bookings that one round takes; what is left comes in the next. */
const BATCH = 100;

interface PendingEvent extends CellEvent {
  booking_id: string;
  body: {
    after: {
      status: string;
      from: string;
      to: string;
      payment?: ({ status: string } & Record<string, unknown>) | null;
    } & Record<string, unknown>;
    actorId: string | null;
    guestId: string;
    hostId: string;
    threadId: string;
  };
}

/**
 * Brings the outbox's events to the rooms that show them: at least once, in a booking's own order,
 * by as many processes as like; a room passes over a version that it has. What the hub did not
 * take stays for the next round. Answers how many were brought.
 */
export async function relayEvents(deps: Pick<Deps, "sql" | "hub">): Promise<number> {
  const pending = await deps.sql.query<PendingEvent>(
    `SELECT dock_id, version, kind, cell, cell_before, booking_id, body FROM event
     WHERE relayed_at IS NULL AND booking_id IS NOT NULL
     ORDER BY at, version LIMIT $1`,
    [BATCH],
  );
  const byBooking = groupBy(pending, (event) => event.booking_id);
  const brought = await Promise.allSettled(
    [...byBooking.values()].map((events) => relayInOrder(deps, events)),
  );
  const failed = brought.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  return pending.length;
}

async function relayInOrder(
  { sql, hub }: Pick<Deps, "sql" | "hub">,
  events: readonly PendingEvent[],
): Promise<void> {
  for (const event of events) {
    const { dock_id, version, booking_id, body } = event;
    const { payment, ...after } = body.after;
    const booking = { ...after, version, dockId: dock_id };
    await hub.publish("booking", booking_id, { kind: "booking", booking });
    if (payment) {
      await hub.publish("booking", booking_id, {
        kind: "payment",
        payment: { ...payment, version },
      });
    }
    for (const personId of [body.guestId, body.hostId]) {
      await hub.publish("inbox", personId, {
        kind: "booking",
        booking: { ...booking, bookingId: booking_id },
      });
    }
    await tellThread(hub, event);
    await tellWaters(hub, [event]);
    await markRelayed(sql, dock_id, version);
  }
}

/** The conversation of the two keeps each move among their messages. */
async function tellThread(
  hub: Deps["hub"],
  { version, booking_id, body }: PendingEvent,
): Promise<void> {
  const { status, from, to } = body.after;
  await hub.publish("thread", body.threadId, {
    kind: "booking",
    note: { bookingId: booking_id, version, status, from, to, actorId: body.actorId },
    text: bookingNoteText(status),
    isKnown: isAgreed(status),
  });
}

async function markRelayed(sql: Sql, dockId: number, version: number): Promise<void> {
  await sql.query(
    `UPDATE event SET relayed_at = now() WHERE dock_id = $1 AND version = $2`,
    [dockId, version],
  );
}
