import * as z from "zod/mini";
import { BookingRole } from "./booking.ts";
import { TimeOfDay } from "./dock.ts";
import { DockId } from "./ids.ts";
import { Minor } from "./money.ts";
import { LocalDate } from "./stay.ts";

/**
 * A stay that is to become another: what is left out stays as it is. The quote is of the whole stay
 * as it will be (`GET /api/docks/{id}/quote?from&to&bookingId`).
 */
export const StayChange = z.object({
  from: z.optional(LocalDate),
  to: z.optional(LocalDate),
  dockId: z.optional(DockId),
  quote: z.string().check(z.maxLength(8_192)),
  acceptConditions: z.optional(z.boolean()),
});
export type StayChange = z.infer<typeof StayChange>;

/** What the host keeps of a deposit, and why; 0 gives it back before its time. */
export const DepositClaim = z.object({
  keepMinor: Minor.check(z.gte(0)),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
});
export type DepositClaim = z.infer<typeof DepositClaim>;

/**
 * Until when on the check-out day, in local time, the guest has first refusal of the next night;
 * null takes it back.
 */
export const FirstRefusal = z.object({ until: z.nullable(TimeOfDay) });
export type FirstRefusal = z.infer<typeof FirstRefusal>;

/**
 * What happened to a booking, one for each version: `kind` is `booking.{move}` or `payment.{status}`,
 * `before` and `after` are its state, `amounts` what of money it moved, in minor units.
 */
export const BookingEvent = z.object({
  version: z.int(),
  at: z.string(),
  kind: z.string(),
  actor: z.object({ id: z.nullable(z.string()), role: BookingRole }),
  before: z.nullable(z.looseObject({ status: z.string() })),
  after: z.looseObject({ status: z.string() }),
  amounts: z.nullable(z.looseObject({})),
});
export type BookingEvent = z.infer<typeof BookingEvent>;
