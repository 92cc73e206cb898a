import type { HostDock, NewDock } from "../../shared/dock.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { readHostDock } from "./dock-access.ts";
import { insertDock, layClosures, nextDockId, selectDockHarbour } from "./dock-queries.ts";
import { checkDock, dockToColumns, issuesToProblem } from "./dock-rules.ts";

const ACTION = "Cannot create dock";

/**
 * Makes a draft at a harbour whose staff the person is of; it takes the harbour's time zone.
 *
 * @throws {Problem} `invalid` (each fault), `forbidden`.
 */
export function createDock(sql: Sql, person: Person, dock: NewDock): Promise<HostDock> {
  return sql.transaction(async (tx) => {
    const harbour = await selectDockHarbour(tx, dock.harbourId, person.id);
    if (harbour === undefined) {
      throw issuesToProblem(ACTION, [{ path: "harbourId", message: "is not a harbour" }]);
    }
    if (!harbour.is_staff && person.role !== "admin") {
      throw new Problem("forbidden", `${ACTION}: the harbour belongs to somebody else`);
    }
    checkDock(ACTION, dock, harbour);
    const id = await nextDockId(tx);
    await insertDock(tx, {
      id,
      host_id: person.id,
      harbour_id: dock.harbourId,
      time_zone: harbour.time_zone,
      ...dockToColumns(id, dock, harbour),
    });
    await layClosures(tx, id);
    return readHostDock(tx, person, id);
  });
}
