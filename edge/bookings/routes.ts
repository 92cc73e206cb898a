import * as z from "zod/mini";
import { NewBooking, Page } from "../../shared/api.ts";
import { Booking } from "../../shared/booking.ts";
import { BookingSnapshot } from "../../shared/hub.ts";
import { findNearestDocks } from "../docks/nearest-docks.ts";
import { hubEndpoint, personEndpoint, Reply } from "../http/endpoint.ts";
import { hashBody } from "../http/idempotency.ts";
import { readPage, toPage, uuidKey } from "../http/page.ts";
import { PAGE_QUERY, parseQuery, uuidParam } from "../http/query.ts";
import { afterMove } from "./after-move.ts";
import { listBookings } from "./booking-queries.ts";
import { createBooking } from "./create-booking.ts";
import { readBooking, roleIn } from "./read-booking.ts";
import { snapshotBooking } from "./snapshot-booking.ts";

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
        nearest: (dock, vessel, stay) => findNearestDocks(deps, dock, stay, vessel),
      }));
    afterMove(call, booking);
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

export const getBookingSnapshot = hubEndpoint({
  summary: "What a booking's room begins with",
  answer: BookingSnapshot,
  handle: ({ sql, params }) => snapshotBooking(sql, uuidParam(params, "id")),
});
