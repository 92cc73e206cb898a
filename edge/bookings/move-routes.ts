import { Page } from "../../shared/api.ts";
import { Booking, type BookingMove } from "../../shared/booking.ts";
import { BookingEvent, DepositClaim, FirstRefusal, StayChange } from "../../shared/stay-change.ts";
import { findNearestDocks } from "../docks/nearest-docks.ts";
import { personEndpoint } from "../http/endpoint.ts";
import { hashBody } from "../http/idempotency.ts";
import { numberKey, readPage, toPage } from "../http/page.ts";
import { versionSeen } from "../http/preconditions.ts";
import { PAGE_QUERY, uuidParam } from "../http/query.ts";
import { afterMove } from "./after-move.ts";
import { changeStay } from "./change-stay.ts";
import { claimDeposit } from "./claim-deposit.ts";
import { giveFirstRefusal } from "./give-first-refusal.ts";
import { moveBooking } from "./move-booking.ts";
import { readHistory } from "./read-history.ts";

/** POST /api/bookings/{id}/{move}: `If-Match` is checked where it is sent. */
function moveEndpoint(move: BookingMove, summary: string) {
  return personEndpoint({
    summary,
    answer: Booking,
    async handle(call) {
      const { sql, person, params, ifMatch } = call;
      const booking = await moveBooking(sql, person, uuidParam(params, "id"), move, ifMatch);
      afterMove(call, booking);
      return booking;
    },
  });
}

export const postAccept = moveEndpoint("accept", "Accept a guest's request");
export const postDecline = moveEndpoint("decline", "Decline a guest's request");
export const postCancel = moveEndpoint("cancel", "Cancel a booking");
export const postCheckIn = moveEndpoint("check-in", "The boat has come");
export const postCheckOut = moveEndpoint("check-out", "The boat has left");
export const postNoShow = moveEndpoint("no-show", "Nobody came; the nights are free again");

export const postExtend = personEndpoint({
  summary: "Change your stay: longer, shorter, other nights or another berth of its host",
  body: StayChange,
  answer: Booking,
  ifMatch: true,
  idempotency: "own",
  async handle(call) {
    const { deps, sql, person, params, body, nowMs } = call;
    const bookingId = uuidParam(params, "id");
    const booking = await changeStay(deps, sql, {
      person,
      bookingId,
      version: versionSeen(call),
      key: call.idempotencyKey ?? "",
      bodyHash: await hashBody(body),
      body,
      nowMs,
      nearest: (dock, vessel, stay) => findNearestDocks(deps, dock, stay, vessel),
    });
    afterMove(call, booking);
    return booking;
  },
});

export const postFirstRefusal = personEndpoint({
  summary: "Keep the night after a stay for its guest until a local time",
  body: FirstRefusal,
  answer: Booking,
  async handle(call) {
    const { sql, person, params, body, ifMatch } = call;
    const booking = await giveFirstRefusal(sql, person, uuidParam(params, "id"), body, ifMatch);
    afterMove(call, booking);
    return booking;
  },
});

export const postDeposit = personEndpoint({
  summary: "Keep a part of a guest's deposit, with a reason; the rest goes back",
  body: DepositClaim,
  answer: Booking,
  idempotency: "optional",
  async handle(call) {
    const { sql, person, params, body, ifMatch } = call;
    const booking = await claimDeposit(sql, person, uuidParam(params, "id"), body, ifMatch);
    afterMove(call, booking);
    return booking;
  },
});

export const getHistory = personEndpoint({
  summary: "What happened to a booking, oldest first",
  queryDoc: PAGE_QUERY,
  answer: Page(BookingEvent),
  async handle({ sql, person, params, query }) {
    const { after, limit } = readPage(query, numberKey);
    const page = { after, limit: limit + 1 };
    const events = await readHistory(sql, person, uuidParam(params, "id"), page);
    return toPage(events, limit, ({ version }) => version);
  },
});
