import type { Dock, HostDock } from "../../shared/dock.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { selectDocksOf, selectPublishedDocks } from "./dock-queries.ts";
import { rowToDock, rowToHostDock } from "./dock-row.ts";
import { seeHarbour } from "./harbour-queries.ts";

/** Where a list goes on: after an id, with so many items at most. */
export interface IdPage {
  after: number | undefined;
  limit: number;
}

/** The docks that a person hosts, and those of the harbours that they staff. */
export async function listMyDocks(sql: Sql, person: Person, page: IdPage): Promise<HostDock[]> {
  return (await selectDocksOf(sql, person.id, page)).map(rowToHostDock);
}

/** A harbour's published docks. @throws {Problem} `not-found`. */
export async function listHarbourDocks(sql: Sql, harbourId: number, page: IdPage): Promise<Dock[]> {
  await seeHarbour(sql, harbourId);
  return (await selectPublishedDocks(sql, harbourId, page)).map((row) => rowToDock(row, false));
}
