import { sweepBookings } from "../bookings/sweep-bookings.ts";
import type { Deps } from "../deps.ts";
import { workOffPayments } from "../payments/work-off-payments.ts";
import type { PaymentDeps } from "../payments/payment-deps.ts";
import { relayEvents } from "./relay-events.ts";

/** Stations whose tide table one tick fills, a sixth of a second each. */
const TIDE_TABLES_A_TICK = 2;

/**
 * The edge's background work, driven by the hub's clock: nothing here depends on a process that
 * stays, and many ticks at once are harmless.
 */
export async function tick(
  deps: Pick<Deps, "sql" | "hub" | "tides"> & PaymentDeps,
): Promise<{ expired: number; relayed: number; tideTables: number }> {
  const expired = await sweepBookings(deps.sql);
  await workOffPayments(deps);
  const relayed = await relayEvents(deps);
  await deps.sql.query(
    `DELETE FROM idempotency WHERE created_at < now() - interval '24 hours'`,
  );
  await deps.sql.query(`DELETE FROM session WHERE expires_at < now()`);
  const tideTables = await deps.tides.fill(TIDE_TABLES_A_TICK);
  return { expired, relayed, tideTables };
}
