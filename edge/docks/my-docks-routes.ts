import { Problem } from "../../shared/problem.ts";
import type { Call } from "../http/endpoint.ts";
import { numberKey, readPage, toPage } from "../http/page.ts";
import { invalid } from "../http/validate.ts";
import { listMyDocks } from "./list-docks.ts";

/** `GET /api/docks?host=me`: the docks that the person signed in hosts. */
export async function answerMyDocks({ deps, sql, query, request }: Call) {
  if (query.get("host") !== "me") {
    throw invalid("Cannot list docks", [{ path: "host", message: 'Must be "me"' }]);
  }
  const person = await deps.identity.personOf(request.headers);
  if (!person) throw new Problem("unauthenticated", "Cannot list your docks: sign in first");
  const { after, limit } = readPage(query, numberKey);
  const docks = await listMyDocks(sql, person, { after, limit: limit + 1 });
  return toPage(docks, limit, ({ id }) => id);
}
