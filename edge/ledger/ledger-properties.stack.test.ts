import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestEdge, type TestEdge } from "../local/test-edge.ts";
import { anyPrice, anyStep, LedgerPlay, toPrice } from "./ledger-play.fixture.ts";
import { createLedgerWorld, type LedgerWorld, type SoldStay } from "./paid-booking.fixture.ts";

let edge: TestEdge;
let world: LedgerWorld;
beforeAll(async () => {
  edge = await createTestEdge();
  world = await createLedgerWorld(edge);
});
afterAll(() => edge.close());

async function balances({ bookingId }: SoldStay): Promise<Record<string, number>> {
  const rows = await edge.sql.query<{ kind: string; sum: number }>(
    `SELECT a.kind, sum(e.amount_minor)::bigint AS sum
     FROM ledger_transfer t
     JOIN ledger_entry e ON e.transfer_id = t.id JOIN ledger_account a ON a.id = e.account_id
     WHERE t.booking_id = $1 GROUP BY a.kind HAVING sum(e.amount_minor) <> 0`,
    [bookingId],
  );
  return Object.fromEntries(rows.map(({ kind, sum }) => [kind, sum]));
}

/** Transfers of the whole ledger that do not balance, by themselves or with all of a currency. */
async function unbalanced(): Promise<unknown[]> {
  return await edge.sql.query(
    `SELECT transfer_id::text AS what, sum(amount_minor)::bigint AS off FROM ledger_entry
     GROUP BY transfer_id HAVING sum(amount_minor) <> 0
     UNION ALL
     SELECT currency, sum(amount_minor)::bigint FROM ledger_entry
     GROUP BY currency HAVING sum(amount_minor) <> 0`,
  );
}

test("any sequence of facts keeps debits and credits equal and ends where they say", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyPrice,
      fc.constantFrom("EUR", "JPY", "KWD"),
      fc.array(anyStep, { minLength: 3, maxLength: 14, size: "max" }),
      async (price, currency, steps) => {
        const play = new LedgerPlay(
          edge.sql,
          world,
          await world.addStay(toPrice(price, currency)),
        );
        for (const step of steps) {
          await play.play(step);
          await play.settle();
          expect(await balances(play.stay)).toEqual(play.model.balances());
          expect(play.model.refunded).toBeLessThanOrEqual(play.model.captured);
          expect(await unbalanced()).toEqual([]);
        }
      },
    ),
    { numRuns: 20 },
  );
});
