import { Page } from "../../shared/api.ts";
import { Boat, BoatPatch, NewBoat } from "../../shared/boat.ts";
import { uuidV7 } from "../../shared/ids.ts";
import { personEndpoint, Reply } from "../http/endpoint.ts";
import { readPage, toPage, uuidKey } from "../http/page.ts";
import { versionSeen } from "../http/preconditions.ts";
import { PAGE_QUERY, uuidParam } from "../http/query.ts";
import { selectBoats } from "./boat-queries.ts";
import { createBoat } from "./create-boat.ts";
import { deleteBoat } from "./delete-boat.ts";
import { editBoat } from "./edit-boat.ts";
import { ownBoat } from "./own-boat.ts";

/** `GET /api/boats` */
export const getBoats = personEndpoint({
  summary: "List your boats, newest first",
  queryDoc: PAGE_QUERY,
  answer: Page(Boat),
  async handle({ sql, person, query }) {
    const { after, limit } = readPage(query, uuidKey);
    return toPage(await selectBoats(sql, person.id, after, limit + 1), limit, ({ id }) => id);
  },
});

/** `POST /api/boats` */
export const postBoat = personEndpoint({
  summary: "Save a boat",
  body: NewBoat,
  answer: Boat,
  status: 201,
  idempotency: "optional",
  handle: ({ deps, sql, person, body, nowMs }) =>
    createBoat(sql, person.id, uuidV7(nowMs, deps.randomBytes(10)), body),
});

/** `GET /api/boats/{id}` */
export const getBoat = personEndpoint({
  summary: "Read one of your boats",
  answer: Boat,
  handle: ({ sql, person, params }) => ownBoat(sql, person.id, uuidParam(params, "id")),
});

/** `PATCH /api/boats/{id}` */
export const patchBoat = personEndpoint({
  summary: "Change one of your boats; null clears a value",
  body: BoatPatch,
  answer: Boat,
  ifMatch: true,
  handle: (call) => {
    const { sql, person, params, body } = call;
    return editBoat(sql, person.id, uuidParam(params, "id"), versionSeen(call), body);
  },
});

/** `DELETE /api/boats/{id}` */
export const removeBoat = personEndpoint({
  summary: "Forget one of your boats",
  status: 204,
  ifMatch: true,
  async handle(call) {
    const { sql, person, params } = call;
    await deleteBoat(sql, person.id, uuidParam(params, "id"), versionSeen(call));
    return new Reply(undefined, 204);
  },
});
