import * as z from "zod/mini";
import { Availability, Page } from "../../shared/api.ts";
import { Dock, DockPatch, HostDock, NewDock } from "../../shared/dock.ts";
import { LocalDate } from "../../shared/stay.ts";
import { DockTide } from "../../shared/tide.ts";
import type { Deps } from "../deps.ts";
import { type Call, personEndpoint, publicEndpoint } from "../http/endpoint.ts";
import { numberKey, readPage, toPage } from "../http/page.ts";
import { idParam, PAGE_QUERY, parseQuery } from "../http/query.ts";
import { createDock } from "./create-dock.ts";
import { checkCollection } from "./dock-rules.ts";
import { editDock } from "./edit-dock.ts";
import { listReviews } from "./list-reviews.ts";
import { pauseDock } from "./pause-dock.ts";
import { publishDock } from "./publish-dock.ts";
import { readAvailability } from "./read-availability.ts";
import { readDock } from "./read-dock.ts";
import { readTide } from "./read-tide.ts";

export const postDock = personEndpoint({
  summary: "Create dock: a draft at a harbour of yours",
  body: NewDock,
  answer: HostDock,
  status: 201,
  idempotency: "optional",
  handle({ deps, sql, person, body }) {
    checkCollection("Cannot create dock", body.collection, deps.payments);
    return createDock(sql, person, body);
  },
});

export const getDock = publicEndpoint({
  summary: "One dock; whole for who manages it",
  answer: z.union([HostDock, Dock]),
  handle: async (call: Call) =>
    readDock(call.sql, await readerOf(call), idParam(call.params, "id")),
});

export const patchDock = personEndpoint({
  summary: "Edit dock",
  body: DockPatch,
  answer: HostDock,
  ifMatch: true,
  handle({ deps, sql, person, params, body, ifMatch = 0, nowMs }) {
    checkCollection("Cannot edit dock", body.collection, deps.payments);
    return noted(deps, editDock(sql, person, idParam(params, "id"), ifMatch, body, nowMs));
  },
});

export const postPublish = personEndpoint({
  summary: "Let a dock be found and booked",
  answer: HostDock,
  handle: ({ deps, sql, person, params, ifMatch }) =>
    noted(deps, publishDock(sql, person, idParam(params, "id"), ifMatch)),
});

export const postPause = personEndpoint({
  summary: "Take a dock out of search and sale; its stays remain",
  answer: HostDock,
  handle: ({ deps, sql, person, params, ifMatch }) =>
    noted(deps, pauseDock(sql, person, idParam(params, "id"), ifMatch)),
});

const AvailabilityQuery = z.object({
  from: LocalDate,
  to: LocalDate,
  loaCm: z.optional(
    z.string().check(z.regex(/^[1-9]\d{0,5}$/, {
      error: "Must be whole centimetres",
    })),
  ),
});

export const getAvailability = publicEndpoint({
  summary: "Which nights of a dock are free, 400 at most",
  queryDoc: {
    from: "first night, YYYY-MM-DD",
    to: "the day after the last",
    loaCm: "on a quay: for a boat of this length, else for the shortest that it takes",
  },
  answer: Availability,
  async handle(call: Call) {
    const { sql, query, params, nowMs } = call;
    const { from, to, loaCm } = parseQuery(query, AvailabilityQuery);
    const ask = { from, to, loaCm: loaCm === undefined ? undefined : Number(loaCm) };
    return readAvailability(sql, await readerOf(call), idParam(params, "id"), ask, nowMs);
  },
});

export const getTide = publicEndpoint({
  summary: "The predicted tide at a dock, 14 days at most",
  queryDoc: {
    from: "first local day, YYYY-MM-DD",
    to: "the last, which is a stay's check-out day",
  },
  answer: DockTide,
  async handle(call: Call) {
    const { deps, sql, query, params } = call;
    const ask = parseQuery(query, z.object({ from: LocalDate, to: LocalDate }));
    return readTide(sql, deps.tides, await readerOf(call), idParam(params, "id"), ask);
  },
});

export const getReviews = publicEndpoint({
  summary: "What guests wrote of a dock",
  queryDoc: PAGE_QUERY,
  answer: Page(z.object({})),
  async handle(call: Call) {
    const { limit } = readPage(call.query, numberKey);
    const reviews = await listReviews(call.sql, await readerOf(call), idParam(call.params, "id"));
    return toPage(reviews, limit, String);
  },
});

/** Whoever asks what everybody may ask. */
export function readerOf({ deps, request }: Pick<Call, "deps" | "request">) {
  return deps.identity.personOf(request.headers);
}

/** A change that this process's own searches must not miss. */
export async function noted<T>(deps: Pick<Deps, "tiles">, change: Promise<T>): Promise<T> {
  try {
    return await change;
  } finally {
    deps.tiles.noteWrite();
  }
}
