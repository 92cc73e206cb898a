import type { Deps } from "../deps.ts";
import { forgetPhotos } from "../threads/thread-photos.ts";
import { relayEvents } from "./relay-events.ts";
import { relayPushes } from "./relay-pushes.ts";
import { relayWater } from "./relay-water.ts";

/** Docks whose overdue holds and requests one tick ends. */
const DOCKS_A_TICK = 100;
/** Stations whose tide table one tick fills, a sixth of a second each. */
const TIDE_TABLES_A_TICK = 2;

/**
 * The edge's background work, driven by the hub's clock: nothing here depends on a process that
 * stays, and many ticks at once are harmless.
 */
export async function tick(
  deps: Pick<Deps, "sql" | "hub" | "tides" | "blobs" | "log">,
): Promise<{ expired: number; relayed: number; tideTables: number }> {
  const [row] = await deps.sql.query<{ expired: number }>(`SELECT expire_overdue($1) AS expired`, [
    DOCKS_A_TICK,
  ]);
  // A room that is away keeps back neither other rooms nor what follows.
  const told = await Promise.allSettled([
    relayEvents(deps),
    relayPushes(deps),
    relayWater(deps),
  ]);
  await deps.sql.query(
    `DELETE FROM idempotency WHERE created_at < now() - interval '24 hours'`,
  );
  await deps.sql.query(`DELETE FROM session WHERE expires_at < now()`);
  // The store may be away for hours; nothing else waits for it.
  await forgetPhotos(deps).catch((error: unknown) => {
    deps.log("warn", "pictures could not be removed", { error: String(error) });
  });
  const tideTables = await deps.tides.fill(TIDE_TABLES_A_TICK);
  const failed = told.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  const relayed = told[0].status === "fulfilled" ? told[0].value : 0;
  return { expired: row?.expired ?? 0, relayed, tideTables };
}
