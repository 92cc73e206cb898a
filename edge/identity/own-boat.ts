import type { Boat, NewBoat } from "../../shared/boat.ts";
import { Problem } from "../../shared/problem.ts";
import type { Sql } from "../platform/sql.ts";
import { selectBoat } from "./boat-queries.ts";

/** One of a person's own boats. @throws {Problem} `not-found`, also for somebody else's. */
export async function ownBoat(
  sql: Sql,
  ownerId: string,
  id: string,
  lock: "lock" | "read" = "read",
): Promise<Boat> {
  const boat = await selectBoat(sql, ownerId, id, lock);
  if (!boat) throw new Problem("not-found", "Cannot find boat: there is none of yours by that id");
  return boat;
}

/** Locks the version of a boat that a writer saw. @throws {Problem} `stale` with the `current` one. */
export async function lockOwnBoat(
  tx: Sql,
  ownerId: string,
  id: string,
  version: number,
): Promise<Boat> {
  const current = await ownBoat(tx, ownerId, id, "lock");
  if (current.version === version) return current;
  throw new Problem("stale", `Cannot change boat: it has version ${current.version}`, { current });
}

/** @throws {Problem} `invalid` where a boat's values contradict each other. */
export function checkBoat(boat: NewBoat): void {
  if (boat.hullLengthCm === undefined || boat.hullLengthCm <= boat.loaCm) return;
  const message = "must not be above loaCm, which includes what stands out";
  throw new Problem("invalid", `Cannot save boat: hullLengthCm ${message}`, {
    issues: [{ path: "hullLengthCm", message }],
  });
}
