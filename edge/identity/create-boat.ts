import type { Boat, NewBoat } from "../../shared/boat.ts";
import type { Sql } from "../platform/sql.ts";
import { insertBoat } from "./boat-queries.ts";
import { checkBoat } from "./own-boat.ts";

/** Saves a person's boat. @throws {Problem} `invalid`. */
export async function createBoat(
  sql: Sql,
  ownerId: string,
  newId: string,
  boat: NewBoat,
): Promise<Boat> {
  checkBoat(boat);
  return await insertBoat(sql, ownerId, newId, boat);
}
