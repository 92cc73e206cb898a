import * as z from "zod/mini";
import { NamedVessel } from "./boat.ts";
import { CancellationPolicy, Collection, DockKind } from "./dock.ts";
import { DockId, Uuid } from "./ids.ts";
import { Currency, Minor } from "./money.ts";
import { LocalDate } from "./stay.ts";

export const BookingStatus = z.enum([
  "held",
  "requested",
  "confirmed",
  "checked_in",
  "completed",
  "expired",
  "declined",
  "cancelled",
  "no_show",
]);
export type BookingStatus = z.infer<typeof BookingStatus>;

export type BookingMove =
  | "pay"
  | "accept"
  | "decline"
  | "expire"
  | "cancel"
  | "check-in"
  | "check-out"
  | "no-show";
export type BookingRole = "guest" | "host" | "admin" | "system";

interface MoveRule {
  from: readonly BookingStatus[];
  to: BookingStatus;
  by: readonly BookingRole[];
}

/**
 * Which role may make which move, and where it leads: the one table of the booking's lifecycle.
 * The database makes a move by compare-and-set on status and version.
 */
export const BOOKING_MOVES: Readonly<Record<BookingMove, MoveRule>> = {
  pay: { from: ["held"], to: "confirmed", by: ["system"] },
  accept: { from: ["requested"], to: "confirmed", by: ["host", "admin"] },
  decline: { from: ["requested"], to: "declined", by: ["host", "admin"] },
  expire: { from: ["held", "requested"], to: "expired", by: ["system"] },
  cancel: {
    from: ["held", "requested", "confirmed"],
    to: "cancelled",
    by: ["guest", "host", "admin"],
  },
  "check-in": { from: ["confirmed"], to: "checked_in", by: ["guest", "host", "admin"] },
  "check-out": { from: ["checked_in"], to: "completed", by: ["guest", "host", "admin"] },
  "no-show": { from: ["confirmed"], to: "no_show", by: ["host", "admin"] },
};

/** Statuses whose nights are taken. */
export const LIVE_STATUSES: readonly BookingStatus[] = [
  "held",
  "requested",
  "confirmed",
  "checked_in",
];

/** Whether a role may make a move from a status. */
export function canMove(move: BookingMove, status: BookingStatus, role: BookingRole): boolean {
  const rule = BOOKING_MOVES[move];
  return rule.from.includes(status) && rule.by.includes(role);
}

export const QuoteLine = z.object({ code: z.string(), label: z.string(), amountMinor: Minor });
export type QuoteLine = z.infer<typeof QuoteLine>;

/** A booking as its guest, its host or an admin sees it. Instants are UTC, ISO 8601. */
export const Booking = z.object({
  id: Uuid,
  version: z.int(),
  status: BookingStatus,
  dockId: DockId,
  dock: z.object({
    name: z.string(),
    kind: DockKind,
    lat: z.number(),
    lon: z.number(),
    harbourName: z.string(),
    timeZone: z.string(),
    vhfChannel: z.nullable(z.string()),
  }),
  from: LocalDate,
  to: LocalDate,
  checkInAt: z.string(),
  checkOutAt: z.string(),
  currency: Currency,
  totalMinor: Minor,
  depositMinor: Minor,
  lines: z.array(QuoteLine),
  collection: Collection,
  cancellationPolicy: CancellationPolicy,
  boat: NamedVessel,
  /** Where on a quay the boat lies, centimetres from its start. */
  spanCm: z.nullable(z.tuple([z.int(), z.int()])),
  guest: z.object({ id: z.string(), name: z.string() }),
  host: z.object({ id: z.string(), name: z.string() }),
  /** The part that the reader plays in it. */
  role: z.enum(["guest", "host", "admin"]),
  threadId: Uuid,
  /** When an unanswered request or an unpaid hold ends. */
  deadline: z.nullable(z.string()),
  createdAt: z.string(),
});
export type Booking = z.infer<typeof Booking>;
