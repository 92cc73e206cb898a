import type { Booking } from "../../shared/booking.ts";
import { uuidV7 } from "../../shared/ids.ts";
import { Problem } from "../../shared/problem.ts";
import type { StayChange } from "../../shared/stay-change.ts";
import type { Deps } from "../deps.ts";
import { issuesToProblem } from "../docks/dock-rules.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { ask, keptBooking } from "./booking-queries.ts";
import { type FindNearest, refusedStay } from "./create-booking.ts";
import { judgeStay } from "./judge-stay.ts";
import { answerOf } from "./move-booking.ts";
import { readBooking } from "./read-booking.ts";

const ACTION = "Cannot change stay";

export interface ChangeStay {
  person: Person;
  bookingId: string;
  /** The version that the guest saw. */
  version: number;
  key: string;
  bodyHash: string;
  body: StayChange;
  nowMs: number;
  nearest: FindNearest;
}

/**
 * Makes a guest's stay longer or shorter, or moves it to other nights or another berth of the same
 * host. What costs no more by card is changed at once, and the difference goes back as far as the
 * cancellation policy says; what costs more is held, as the booking's `change`, until its payment
 * has come.
 *
 * @throws {Problem} `stale` and `move-not-allowed` with the `current` record, `dates-taken` with the
 *   nearest docks, `forbidden`, and whatever refuses a booking.
 */
export async function changeStay(deps: Deps, sql: Sql, request: ChangeStay): Promise<Booking> {
  const { person, bookingId, key, bodyHash } = request;
  const route = `POST /api/bookings/${bookingId}/extend`;
  for (let tries = 0; tries < 4; tries++) {
    const attempt = await judge(deps, sql, request).catch(async (refusal: unknown) => {
      const kept = await keptBooking(sql, person.id, route, key, bodyHash);
      if (kept) return { kept };
      throw refusal;
    });
    if ("kept" in attempt) return { ...attempt.kept, role: "guest" };
    const outcome = await ask(sql, "change_stay($1, $2, $3, $4)", [
      person.id,
      key,
      bodyHash,
      JSON.stringify(attempt.request),
    ]);
    const { refused } = outcome;
    if (refused === undefined || refused === "stale" || refused === "move-not-allowed") {
      return answerOf(outcome, "guest", ACTION);
    }
    if (refused !== "dock-changed") {
      const { dock, vessel, request: { from, to } } = attempt;
      const nearest = () => request.nearest(dock, vessel, { from, to });
      throw await refusedStay(refused, outcome.reason, dock, nearest);
    }
  }
  throw new Problem("unavailable", `${ACTION}: the dock's record keeps changing; try again`);
}

async function judge(deps: Deps, sql: Sql, request: ChangeStay) {
  const { person, bookingId, version, body, nowMs } = request;
  const booking = await readBooking(sql, person, bookingId);
  if (booking.role !== "guest") {
    throw new Problem("forbidden", `${ACTION}: that is for its guest, who pays for it`);
  }
  if (booking.version !== version) {
    throw new Problem("stale", `${ACTION}: it has changed meanwhile`, { current: booking });
  }
  const { from = booking.from, to = booking.to, dockId = booking.dockId } = body;
  if (from >= to) throw issuesToProblem(ACTION, [{ path: "to", message: "must be after `from`" }]);
  if (from === booking.from && to === booking.to && dockId === booking.dockId) {
    throw issuesToProblem(ACTION, [{
      path: "to",
      message: "must be another stay than the one there is",
    }]);
  }
  const was = dockId === booking.dockId ? { from: booking.from, to: booking.to } : undefined;
  const vessel = booking.boat;
  const { dock, quote, instant } = await judgeStay(deps, sql, {
    dockId,
    stay: { from, to },
    vessel,
    quote: body.quote,
    acceptConditions: body.acceptConditions ?? false,
    nowMs,
    changed: { bookingId, was },
  });
  return {
    dock,
    vessel,
    request: {
      id: uuidV7(nowMs, deps.randomBytes(10)),
      bookingId,
      version,
      threadId: uuidV7(nowMs, deps.randomBytes(10)),
      dockId,
      dockVersion: dock.version,
      from,
      to,
      loaCm: vessel.loaCm,
      quote,
      instant,
    },
  };
}
