import type { Hub } from "../platform/hub.ts";
import type { SharedCache } from "../platform/cache.ts";
import type { Sql } from "../platform/sql.ts";

type State = "up" | "down" | "absent";

export interface Readiness {
  status: "ready" | "not-ready";
  parts: { database: State; cache: State; hub: State };
}

const PATIENCE_MS = 2_000;

/**
 * Whether requests can be served. Only the database decides: search and booking go on without the
 * shared cache, and the hub gets its events later.
 */
export async function checkReadiness(
  parts: { sql: Sql; cache: SharedCache | undefined; hub: Hub },
): Promise<Readiness> {
  const { sql, cache } = parts;
  const [database, cacheState, hub] = await Promise.all([
    state(() => sql.query("SELECT 1")),
    cache ? state(() => cache.ping()) : "absent" as const,
    // The cheapest thing that the hub answers; its clock beats already where it should.
    state(() => parts.hub.armClock()),
  ]);
  return {
    status: database === "up" ? "ready" : "not-ready",
    parts: { database, cache: cacheState, hub },
  };
}

async function state(probe: () => Promise<unknown>): Promise<State> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<State>((resolve) => {
    timer = setTimeout(() => resolve("down"), PATIENCE_MS);
  });
  const answered = probe().then(() => "up" as const, () => "down" as const);
  try {
    return await Promise.race([answered, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
