import type { Deps } from "../deps.ts";
import { relayEvents } from "./relay-events.ts";

/** Docks whose overdue holds and requests one tick ends. */
const DOCKS_A_TICK = 100;
/** Stations whose tide table one tick fills, a sixth of a second each. */
const TIDE_TABLES_A_TICK = 2;

/**
 * The edge's background work, driven by the hub's clock: nothing here depends on a process that
 * stays, and many ticks at once are harmless.
 */
export async function tick(
  deps: Pick<Deps, "sql" | "hub" | "tides">,
): Promise<{ expired: number; relayed: number; tideTables: number }> {
  const [row] = await deps.sql.query<{ expired: number }>(`SELECT expire_overdue($1) AS expired`, [
    DOCKS_A_TICK,
  ]);
  const relayed = await relayEvents(deps);
  await deps.sql.query(
    `DELETE FROM idempotency WHERE created_at < now() - interval '24 hours'`,
  );
  await deps.sql.query(`DELETE FROM session WHERE expires_at < now()`);
  const tideTables = await deps.tides.fill(TIDE_TABLES_A_TICK);
  return { expired: row?.expired ?? 0, relayed, tideTables };
}
