import { afterEach, expect, it } from "vitest";
import { type Call, findFaults, readStored } from "./history-checker.fixture.ts";
import { findMoneyFaults } from "./history-money.fixture.ts";
import type { Storm } from "./history-roam.fixture.ts";
import { runStorm, type StormOptions } from "./history-storm.fixture.ts";

let storm: Storm | undefined;
afterEach(async () => {
  await storm?.close();
  storm = undefined;
});

const nameOf = (call: Call) => call.move ?? call.what;

async function paidOf({ edge }: Storm): Promise<number> {
  return (await edge.sql.query(`SELECT FROM payment WHERE status = 'captured'`)).length;
}

async function faultsAfter(options: StormOptions): Promise<string[]> {
  storm = await runStorm(options);
  const stored = await readStored(storm.edge.sql);
  return [...findFaults(storm.calls, stored), ...await findMoneyFaults(storm.edge)];
}

it(
  "64 clients, killed connections, two processes, a provider that misbehaves: all is as answered",
  async () => {
    const faults = await faultsAfter({
      clients: 64,
      seconds: 8,
      calls: 150,
      processes: 2,
      killEveryMs: 1_000,
    });
    const { seed, calls, requests, kills, faults: broken } = storm!;
    expect({ seed, faults }).toEqual({ seed, faults: [] });
    expect({ seed, broken, isRare: broken.length < requests / 1_000 })
      .toEqual({ seed, broken, isRare: true });
    // It was a storm, and things were done in it.
    const done = new Set(calls.filter(({ outcome }) => outcome === "ok").map(nameOf));
    expect(kills).toBeGreaterThan(3);
    expect(calls.length).toBeGreaterThan(100);
    expect([...done]).toEqual(expect.arrayContaining(["create", "cancel"]));
    expect(await paidOf(storm!)).toBeGreaterThan(0);
  },
  120_000,
);

const SMALL = { clients: 16, seconds: 1, calls: 160, processes: 0 };

it("the checker passes a small storm over the database as it is", async () => {
  expect(await faultsAfter(SMALL)).toEqual([]);
});

it("the checker finds stays sold twice where the constraint is not there", async () => {
  // A booking looks before it leaps; without that it would seldom meet the constraint here.
  const spoil = `
    ALTER TABLE occupancy DROP CONSTRAINT occupancy_never_twice;
    CREATE OR REPLACE FUNCTION is_free(
      p_dock dock, p_nights daterange, p_loa_cm int, p_changed uuid DEFAULT NULL
    ) RETURNS boolean LANGUAGE sql STABLE RETURN true`;
  const faults = await faultsAfter({ ...SMALL, spoil });
  expect(faults.filter((fault) => / were both at dock /.test(fault))).not.toEqual([]);
});

it("the checker finds retries that are not answered as before, where keys are forgotten", async () => {
  const spoil = `
    CREATE FUNCTION forget_key() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.key := gen_random_uuid();
      RETURN NEW;
    END $$;
    CREATE TRIGGER forget BEFORE INSERT ON idempotency
      FOR EACH ROW EXECUTE FUNCTION forget_key()`;
  const faults = await faultsAfter({ ...SMALL, spoil, repeat: true });
  expect(faults.filter((fault) => / is there( \d+ times)?$/.test(fault))).not.toEqual([]);
});

it("the checker finds money that nobody sends back", async () => {
  const spoil = `
    CREATE OR REPLACE FUNCTION settle_booking(p_booking booking, p_reason text) RETURNS bigint
    LANGUAGE sql RETURN 0`;
  const faults = await faultsAfter({ ...SMALL, spoil });
  expect(faults.filter((fault) => / owes 0 and has paid /.test(fault))).not.toEqual([]);
});

it("the checker finds moves that are not in the history", async () => {
  const spoil = `
    CREATE FUNCTION lose_event() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RETURN NULL;
    END $$;
    CREATE TRIGGER lose BEFORE INSERT ON event FOR EACH ROW
      WHEN (NEW.kind = 'booking.cancel') EXECUTE FUNCTION lose_event()`;
  const faults = await faultsAfter({ ...SMALL, spoil });
  expect(faults.filter((fault) => fault.endsWith("was answered and did not happen"))).not.toEqual(
    [],
  );
  expect(faults.filter((fault) => fault.endsWith("is not what its history says"))).not.toEqual([]);
});
