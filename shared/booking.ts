import * as z from "zod/mini";
import { NamedVessel } from "./boat.ts";
import { CancellationTier } from "./cancellation.ts";
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
  | "revive"
  | "accept"
  | "decline"
  | "expire"
  | "cancel"
  | "check-in"
  | "check-out"
  | "complete"
  | "no-show";
export const BookingRole = z.enum(["guest", "host", "admin", "system"]);
export type BookingRole = z.infer<typeof BookingRole>;

/**
 * What a move gives back to the guest: nothing, all that was paid, or what the cancellation tiers
 * say of the stay's price (`shared/cancellation.ts`). A stay that ends by "all" or "policy" gives its
 * deposit back whole.
 */
export type RefundRule = "none" | "policy" | "all";

interface MoveRule {
  move: BookingMove;
  from: readonly BookingStatus[];
  to: BookingStatus;
  by: readonly BookingRole[];
  refund: RefundRule;
}

const ANYBODY = ["guest", "host", "admin"] as const;
const HOSTS = ["host", "admin"] as const;

/**
 * Which role may make which move, where it leads and what it gives back: the one table of the
 * booking's lifecycle. The database has the same rows (`booking_move`) and makes a move by
 * compare-and-set on status and version.
 */
export const BOOKING_MOVES: readonly MoveRule[] = [
  { move: "pay", from: ["held"], to: "confirmed", by: ["system"], refund: "none" },
  // A payment that was under way when its hold ended takes the nights again where they are free.
  { move: "revive", from: ["expired"], to: "confirmed", by: ["system"], refund: "none" },
  { move: "accept", from: ["requested"], to: "confirmed", by: HOSTS, refund: "none" },
  { move: "decline", from: ["requested"], to: "declined", by: HOSTS, refund: "all" },
  { move: "expire", from: ["held", "requested"], to: "expired", by: ["system"], refund: "all" },
  {
    move: "cancel",
    from: ["held", "requested"],
    to: "cancelled",
    by: [...ANYBODY, "system"],
    refund: "all",
  },
  { move: "cancel", from: ["confirmed"], to: "cancelled", by: ["guest"], refund: "policy" },
  {
    move: "cancel",
    from: ["confirmed"],
    to: "cancelled",
    by: [...HOSTS, "system"],
    refund: "all",
  },
  { move: "check-in", from: ["confirmed"], to: "checked_in", by: ANYBODY, refund: "none" },
  { move: "check-out", from: ["checked_in"], to: "completed", by: ANYBODY, refund: "none" },
  // A day after check-out: nobody has to say that a stay is over.
  {
    move: "complete",
    from: ["confirmed", "checked_in"],
    to: "completed",
    by: ["system"],
    refund: "none",
  },
  { move: "no-show", from: ["confirmed"], to: "no_show", by: HOSTS, refund: "policy" },
];

/** Statuses whose nights are taken. */
export const LIVE_STATUSES: readonly BookingStatus[] = [
  "held",
  "requested",
  "confirmed",
  "checked_in",
];

/** Whether a role may make a move from a status. */
export function canMove(move: BookingMove, status: BookingStatus, role: BookingRole): boolean {
  return BOOKING_MOVES.some((rule) =>
    rule.move === move && rule.from.includes(status) && rule.by.includes(role)
  );
}

/** Whether a role may ever make a move. */
export function mayEver(move: BookingMove, role: BookingRole): boolean {
  return BOOKING_MOVES.some((rule) => rule.move === move && rule.by.includes(role));
}

export const QuoteLine = z.object({ code: z.string(), label: z.string(), amountMinor: Minor });
export type QuoteLine = z.infer<typeof QuoteLine>;

export const PaymentStatus = z.enum([
  "open",
  "processing",
  "authorised",
  "captured",
  "cancelled",
]);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

/** A booking's newest payment, and what all of its payments brought and gave back. */
export const BookingPayment = z.object({
  id: Uuid,
  purpose: z.enum(["stay", "change"]),
  status: PaymentStatus,
  currency: Currency,
  amountMinor: Minor,
  capturedMinor: Minor,
  refundedMinor: Minor,
});
export type BookingPayment = z.infer<typeof BookingPayment>;

/** A change of a stay whose nights are held until its price difference is paid. */
export const PendingChange = z.object({
  id: Uuid,
  dockId: DockId,
  from: LocalDate,
  to: LocalDate,
  totalMinor: Minor,
  dueMinor: Minor,
  paymentId: Uuid,
  deadline: z.string(),
});
export type PendingChange = z.infer<typeof PendingChange>;

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
  /** Until when an unclaimed berth is kept; from then on the host may say that nobody came. */
  holdUntilAt: z.string(),
  checkOutAt: z.string(),
  currency: Currency,
  totalMinor: Minor,
  depositMinor: Minor,
  lines: z.array(QuoteLine),
  collection: Collection,
  cancellationPolicy: CancellationPolicy,
  /** The policy as it was when the stay was booked, and the check-in that its hours count from. */
  cancellationTiers: z.array(CancellationTier),
  policyFrom: z.string(),
  /** What is to be paid by card as the booking is now, deposit included; 0 where it is paid ashore. */
  owedMinor: Minor,
  payment: z.nullable(BookingPayment),
  depositKept: z.nullable(z.object({ keptMinor: Minor, reason: z.string() })),
  /** A change that waits for its payment. */
  change: z.nullable(PendingChange),
  /** Until when the night after the stay is kept for its guest. */
  firstRefusalUntil: z.nullable(z.string()),
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
