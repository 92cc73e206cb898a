import { sweepBookings } from "../bookings/sweep-bookings.ts";
import type { Deps } from "../deps.ts";
import { workOffPayments } from "../payments/work-off-payments.ts";
import type { PaymentDeps } from "../payments/payment-deps.ts";
import { forgetPhotos } from "../threads/thread-photos.ts";
import { relayEvents } from "./relay-events.ts";
import { relayPushes } from "./relay-pushes.ts";
import { relayWater } from "./relay-water.ts";

/** Stations whose tide table one tick fills, a sixth of a second each. */
const TIDE_TABLES_A_TICK = 2;

/**
 * The edge's background work, driven by the hub's clock: nothing here depends on a process that
 * stays, and many ticks at once are harmless.
 */
export async function tick(
  deps: Pick<Deps, "sql" | "hub" | "tides" | "blobs" | "log"> & PaymentDeps,
): Promise<{ expired: number; relayed: number; tideTables: number }> {
  const expired = await sweepBookings(deps.sql);
  await workOffPayments(deps);
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
  return { expired, relayed, tideTables };
}
