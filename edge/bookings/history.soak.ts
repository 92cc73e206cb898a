import process from "node:process";
import { expect, it } from "vitest";
import { findFaults, readStored } from "./history-checker.fixture.ts";
import { findMoneyFaults } from "./history-money.fixture.ts";
import { runStorm } from "./history-storm.fixture.ts";

// `npm run soak -- history`: the storm of history.stack.test.ts, for `SOAK_MINUTES` (5 where it is
// not said), in rounds of a minute with new berths.
const minutes = Number(process.env.SOAK_MINUTES ?? "5");

it.each(Array.from({ length: minutes }, (_, round) => round + 1))(
  "minute %i: what was answered is what is there",
  async () => {
    const storm = await runStorm({ clients: 64, seconds: 60, processes: 2, killEveryMs: 1_000 });
    try {
      const { seed, calls, requests, kills, retries } = storm;
      const stored = await readStored(storm.edge.sql);
      const faults = [...findFaults(calls, stored), ...await findMoneyFaults(storm.edge)];
      const tally: Record<string, number> = {};
      for (const { move, what, outcome } of calls) {
        const name = `${move ?? what} ${outcome}`;
        tally[name] = (tally[name] ?? 0) + 1;
      }
      console.log({ seed, requests, kills, retries, broken: storm.faults.length, ...tally });
      expect({ seed, faults }).toEqual({ seed, faults: [] });
      expect({ seed, broken: storm.faults, share: storm.faults.length / requests < 0.001 })
        .toMatchObject({ seed, share: true });
    } finally {
      await storm.close();
    }
  },
  5 * 60_000,
);
