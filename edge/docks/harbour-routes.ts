import * as z from "zod/mini";
import { Page, Place } from "../../shared/api.ts";
import { Dock, Harbour, HarbourPatch, NewHarbour } from "../../shared/dock.ts";
import { Position } from "../../shared/geo.ts";
import type { Deps } from "../deps.ts";
import { personEndpoint, publicEndpoint } from "../http/endpoint.ts";
import { numberKey, readPage, toPage } from "../http/page.ts";
import { idParam, PAGE_QUERY } from "../http/query.ts";
import { invalid } from "../http/validate.ts";
import { createHarbour } from "./create-harbour.ts";
import { noted } from "./dock-routes.ts";
import { editHarbour } from "./edit-harbour.ts";
import { seeHarbour } from "./harbour-queries.ts";
import { listHarbourDocks } from "./list-docks.ts";
import { listMyHarbours } from "./list-harbours.ts";

export const postHarbour = personEndpoint({
  summary: "Create harbour: you are its staff",
  body: NewHarbour,
  answer: Harbour,
  status: 201,
  idempotency: "optional",
  async handle({ deps, sql, person, body }) {
    const harbour = await createHarbour(sql, person, body);
    addToPlaces(deps, harbour);
    return harbour;
  },
});

export const getHarbour = publicEndpoint({
  summary: "One harbour",
  answer: Harbour,
  handle: ({ sql, params }) => seeHarbour(sql, idParam(params, "id")),
});

export const getHarbours = personEndpoint({
  summary: "The harbours that you are staff of",
  queryDoc: { ...PAGE_QUERY, mine: "true" },
  answer: Page(Harbour),
  async handle({ sql, person, query }) {
    if (query.get("mine") !== "true") {
      throw invalid("Cannot list harbours", [{ path: "mine", message: 'Must be "true"' }]);
    }
    const { after, limit } = readPage(query, numberKey);
    const harbours = await listMyHarbours(sql, person, { after, limit: limit + 1 });
    return toPage(harbours, limit, ({ id }) => id);
  },
});

export const patchHarbour = personEndpoint({
  summary: "Edit harbour",
  body: HarbourPatch,
  answer: Harbour,
  ifMatch: true,
  async handle({ deps, sql, person, params, body, ifMatch = 0 }) {
    const id = idParam(params, "id");
    const harbour = await noted(deps, editHarbour(sql, person, id, ifMatch, body));
    addToPlaces(deps, harbour);
    return harbour;
  },
});

export const getHarbourDocks = publicEndpoint({
  summary: "A harbour's published docks",
  queryDoc: PAGE_QUERY,
  answer: Page(Dock),
  async handle({ sql, params, query }) {
    const { after, limit } = readPage(query, numberKey);
    const id = idParam(params, "id");
    const docks = await listHarbourDocks(sql, id, { after, limit: limit + 1 });
    return toPage(docks, limit, (dock) => dock.id);
  },
});

const MOST_PLACES = 20;

export const getPlaces = publicEndpoint({
  summary: "Places by the beginning of their name, as one types",
  queryDoc: {
    q: "what was typed so far",
    near: "lat,lon: of equals, the nearer first",
    limit: `how many, from 1 to ${MOST_PLACES}`,
  },
  answer: z.object({ items: z.array(Place) }),
  async handle({ deps, query, background }) {
    const limitText = query.get("limit") ?? "8";
    const limit = /^\d{1,2}$/.test(limitText) ? Number(limitText) : 0;
    if (limit < 1 || limit > MOST_PLACES) {
      throw invalid("Cannot find places", [
        { path: "limit", message: `Must be a whole number from 1 to ${MOST_PLACES}` },
      ]);
    }
    const q = query.get("q");
    if (q === null || q.length > 200) {
      throw invalid("Cannot find places", [{ path: "q", message: "Must be 200 letters at most" }]);
    }
    const near = nearOf(query);
    // What another process has just made is there with the next letter: nobody waits for it.
    background(Promise.resolve(deps.places.catchUp?.()));
    return { items: deps.places.search(q, { near, limit }) };
  },
});

function nearOf(query: URLSearchParams): Position | undefined {
  const text = query.get("near");
  if (text === null) return undefined;
  const [lat, lon] = /^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/.test(text) ? text.split(",").map(Number) : [];
  const parsed = z.safeParse(Position, { lat, lon });
  if (!parsed.success) {
    throw invalid("Cannot find places", [{ path: "near", message: "Must be lat,lon in degrees" }]);
  }
  return parsed.data;
}

/** A harbour can be found by name as soon as it is there. */
function addToPlaces({ places }: Pick<Deps, "places">, harbour: Harbour): void {
  const { id, name, place, country, position, dockCount } = harbour;
  places.add({ id, name, place, country, ...position, docks: dockCount });
}
