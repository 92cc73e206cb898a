import * as z from "zod/mini";
import { NewBooking, Page, QuoteAnswer } from "../../shared/api.ts";
import { Booking, type BookingMove } from "../../shared/booking.ts";
import { BookingSnapshot } from "../../shared/hub.ts";
import { Problem } from "../../shared/problem.ts";
import { parseStayParams, parseVesselParams } from "../../shared/search-query.ts";
import { findNearestDocks } from "../docks/nearest-docks.ts";
import { relayEvents } from "../events/relay-events.ts";
import { hubEndpoint, personEndpoint, publicEndpoint, Reply } from "../http/endpoint.ts";
import { hashBody } from "../http/idempotency.ts";
import { readPage, toPage, uuidKey } from "../http/page.ts";
import { idParam, PAGE_QUERY, parseQuery, uuidParam } from "../http/query.ts";
import { invalid } from "../http/validate.ts";
import { listBookings, ownedVessel } from "./booking-queries.ts";
import { createBooking } from "./create-booking.ts";
import { moveBooking } from "./move-booking.ts";
import { type QuotedVessel, quoteStay } from "./quote-stay.ts";
import { readBooking, roleIn } from "./read-booking.ts";
import { snapshotBooking } from "./snapshot-booking.ts";

const VESSEL_QUERY = {
  loaCm: "length over all",
  beamCm: "beam",
  draftCm: "draft",
  airDraftCm: "height above the water",
  hullType: "mono, multi or power",
  displacementKg: "weight",
  takesGround: "true where she may dry out",
  inlets: "plug:volts:amps:phases, comma separated",
  insuranceExpires: "date",
};

export const getQuote = publicEndpoint({
  summary: "A signed price for a stay, honoured for 15 minutes",
  queryDoc: { from: "first night", to: "day of departure", boatId: "your boat", ...VESSEL_QUERY },
  answer: QuoteAnswer,
  async handle({ deps, sql, params, query, request, nowMs }) {
    const stay = parseStayParams(query);
    if (!stay) {
      throw invalid("Cannot quote", [{ path: "from", message: "A quote needs from and to" }]);
    }
    const boatId = query.get("boatId");
    const vessel = boatId === null
      ? parseVesselParams(query)
      : await ownedVessel(sql, await signedIn(deps, request), uuidParam({ boatId }, "boatId"));
    if (!hasLength(vessel)) {
      throw invalid("Cannot quote", [{
        path: "loaCm",
        message: "A quote needs the boat's length",
      }]);
    }
    return await quoteStay(deps, sql, { dockId: idParam(params, "id"), stay, vessel, nowMs });
  },
});

export const postBooking = personEndpoint({
  summary: "Book a stay at the price of a quote",
  body: NewBooking,
  answer: Booking,
  status: 201,
  idempotency: "own",
  async handle(call) {
    const { deps, sql, person, body, nowMs, timing } = call;
    const booking = await timing.measure("book", async () =>
      createBooking(deps, sql, {
        guestId: person.id,
        key: call.idempotencyKey ?? "",
        bodyHash: await hashBody(body),
        body,
        nowMs,
        nearest: (dock, vessel) => findNearestDocks(deps, dock, body, vessel),
      }));
    deps.tiles.noteWrite();
    call.background(relayEvents(deps));
    return new Reply(booking, 201);
  },
});

const ListQuery = z.object({
  role: z.optional(z.enum(["guest", "host"])),
  limit: z.optional(z.string()),
  cursor: z.optional(z.string()),
});

export const getBookings = personEndpoint({
  summary: "Your bookings, newest first",
  queryDoc: { ...PAGE_QUERY, role: "only those where you are guest, or host" },
  answer: Page(Booking),
  async handle({ sql, person, query }) {
    const { role } = parseQuery(query, ListQuery);
    const { after, limit } = readPage(query, uuidKey);
    const records = await listBookings(sql, person.id, role, after, limit + 1);
    const page = toPage(records, limit, ({ id }) => id);
    return {
      ...page,
      items: page.items.map((record) => ({ ...record, role: roleIn(record, person) })),
    };
  },
});

export const getBooking = personEndpoint({
  summary: "One of your bookings",
  answer: Booking,
  handle: ({ sql, person, params }) => readBooking(sql, person, uuidParam(params, "id")),
});

/** POST /api/bookings/{id}/{move}: `If-Match` is checked where it is sent. */
function moveEndpoint(move: BookingMove, summary: string) {
  return personEndpoint({
    summary,
    answer: Booking,
    async handle({ deps, sql, person, params, ifMatch, background }) {
      const booking = await moveBooking(sql, person, uuidParam(params, "id"), move, ifMatch);
      deps.tiles.noteWrite();
      background(relayEvents(deps));
      return booking;
    },
  });
}

export const postAccept = moveEndpoint("accept", "Accept a guest's request");
export const postDecline = moveEndpoint("decline", "Decline a guest's request");
export const postCancel = moveEndpoint("cancel", "Cancel a booking");
export const postCheckIn = moveEndpoint("check-in", "The boat has come");
export const postCheckOut = moveEndpoint("check-out", "The boat has left");

export const getBookingSnapshot = hubEndpoint({
  summary: "What a booking's room begins with",
  answer: BookingSnapshot,
  handle: ({ sql, params }) => snapshotBooking(sql, uuidParam(params, "id")),
});

function hasLength(vessel: { loaCm?: number | undefined }): vessel is QuotedVessel {
  return vessel.loaCm !== undefined;
}

async function signedIn(
  deps: Parameters<typeof createBooking>[0],
  request: Request,
): Promise<string> {
  const person = await deps.identity.personOf(request.headers);
  if (!person) throw new Problem("unauthenticated", "Cannot quote for a saved boat: sign in first");
  return person.id;
}
