import type { Harbour } from "../../shared/dock.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { selectHarboursOf } from "./harbour-queries.ts";
import type { IdPage } from "./list-docks.ts";

/** The harbours that a person is staff of. */
export function listMyHarbours(sql: Sql, person: Person, page: IdPage): Promise<Harbour[]> {
  return selectHarboursOf(sql, person.id, page);
}
