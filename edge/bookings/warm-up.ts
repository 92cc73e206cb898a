import type { Sql } from "../platform/sql.ts";

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Ends the transaction of a warm-up: nothing that it did stays. */
class Undo extends Error {}

/**
 * Opens a pool's connections and lets each plan the booking's statements once: a rush on a process
 * that has just begun would wait half a second for that. It books no dock, and is rolled back.
 */
export async function warmUpBooking(sql: Sql, connections: number): Promise<void> {
  let waiting = connections;
  let open = () => {};
  const allConnected = new Promise<void>((resolve) => (open = resolve));
  const request = JSON.stringify({ dockId: 0, from: "2000-01-01", to: "2000-01-02" });
  const warmUp = async (tx: Sql) => {
    // A key of its own: two of one key would wait for each other.
    await tx.query("SELECT book($1, $2, '', $3)", [NOBODY, crypto.randomUUID(), request]);
    // A connection that is given back would serve the next one too, and leave another cold.
    if (--waiting === 0) open();
    await allConnected;
    throw new Undo();
  };
  const ended = await Promise.allSettled(
    Array.from({ length: connections }, () =>
      sql.transaction(warmUp).finally(() => {
        // One that cannot connect must not keep the others waiting.
        waiting = 0;
        open();
      })),
  );
  for (const result of ended) {
    if (result.status === "rejected" && !(result.reason instanceof Undo)) throw result.reason;
  }
}
