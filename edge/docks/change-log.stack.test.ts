import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Bbox } from "../../shared/geo.ts";
import { tileDocks } from "../../shared/tile.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import type { SharedCache } from "../platform/cache.ts";
import { DatabaseAway, type Sql } from "../platform/sql.ts";
import { createTileStore } from "./tile-store.ts";

const NEWPORT: Bbox = { west: -71.4, south: 41.4, east: -71.2, north: 41.6 };

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;
let dockId: number;
let stays = 0;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
  dockId = (await harbour.addDock()).id;
});
afterAll(() => edge.close());
afterEach(() => world.reset());

/** Time and a cache that processes share; each process counts what it asks the database. */
class World {
  nowMs = 1_000_000;
  readonly kept = new Map<string, string>();
  isCacheAway = false;
  readonly cache: SharedCache = {
    getMany: (keys) => this.answer(() => keys.map((key) => this.kept.get(key))),
    getTimed: (key) => this.answer(() => ({ value: this.kept.get(key), clockMs: this.nowMs })),
    setMany: async (entries) => {
      for (const [key, value] of entries) if (!this.isCacheAway) this.kept.set(key, value);
      return !this.isCacheAway;
    },
    delete: () => Promise.resolve(true),
    ping: () => Promise.resolve(),
  };

  answer<T>(work: () => T): Promise<T | undefined> {
    return Promise.resolve(this.isCacheAway ? undefined : work());
  }

  reset(): void {
    this.kept.clear();
    this.isCacheAway = false;
  }

  get windowKey(): string {
    return [...this.kept.keys()].find((key) => key.startsWith("changes:"))!;
  }

  process(cache: SharedCache | undefined = this.cache) {
    const asked = { starts: 0, log: 0, leaves: 0, nights: 0 };
    let hang: Promise<never> | undefined;
    let isAway = false;
    let shift = 0;
    const sql: Sql = {
      async query<Row>(text: string, values?: Parameters<Sql["query"]>[1]) {
        if (text.includes("schema_migration")) asked.starts++;
        if (text.includes("pg_visible_in_snapshot")) asked.log++;
        if (text.includes("AS asked(leaf)")) asked.leaves++;
        if (text.includes("AS known (id, version)")) asked.nights++;
        if (isAway) throw new DatabaseAway("Cannot reach Postgres: the test says so");
        const rows = await (hang ?? edge.sql.query<Row>(text, values));
        return rows.map((row) => shifted(row, shift));
      },
      transaction: (work) => edge.sql.transaction(work),
    };
    const works: Promise<unknown>[] = [];
    const store = createTileStore({
      sql,
      cache,
      now: () => this.nowMs,
      budgetBytes: 32e6,
      background: (work) => void works.push(work),
    });
    return {
      store,
      asked,
      /** The database seems to have done so many transactions more. */
      shiftSnapshots: (by: number) => (shift = by),
      hang: () => void (hang = new Promise(() => {})),
      answerAgain: () => void (hang = undefined),
      goAway: () => void (isAway = true),
      comeBack: () => void (isAway = false),
      settle: () => Promise.all(works),
      async nightsTaken(): Promise<number | undefined> {
        const { tiles } = await store.waterIn(NEWPORT, 10);
        await Promise.all(works);
        const dock = tiles.flatMap(tileDocks).find(({ id }) => id === dockId);
        return dock && dock.occupied.length / 4;
      },
    };
  }
}

const world = new World();

/** Books the dock's next four nights but one; answers how many stays it has then. */
async function bookNext(): Promise<number> {
  const day = (days: number) => new Date(Date.UTC(2027, 4, 1 + days)).toISOString().slice(0, 10);
  const answer = await bookStay(guest, dockId, { from: day(5 * stays), to: day(5 * stays + 4) });
  expect(answer.status).toBe(201);
  return ++stays;
}

describe("the change log", () => {
  it("is read by one process for all, while each sees every change", async () => {
    const processes = Array.from({ length: 6 }, () => world.process());
    for (const one of processes) expect(await one.nightsTaken()).toBe(stays);
    const before = sum(processes.map(({ asked }) => asked.log));
    for (let round = 0; round < 5; round++) {
      const taken = await bookNext();
      world.nowMs += 501;
      for (const one of processes) expect(await one.nightsTaken()).toBe(taken);
    }
    expect(sum(processes.map(({ asked }) => asked.log)) - before).toBe(5);
    expect(processes.map(({ asked }) => asked.nights)).toEqual(Array(6).fill(5));
    expect(sum(processes.map(({ asked }) => asked.leaves))).toBe(1);
  });

  it("is not read again within half a second, nor for what the window showed", async () => {
    const [one, other] = [world.process(), world.process()];
    for (const each of [one, other]) await each.nightsTaken();
    for (let i = 0; i < 10; i++) await one.nightsTaken();
    expect(one.asked.log).toBe(0);
    world.nowMs += 501;
    await one.nightsTaken();
    await other.nightsTaken();
    expect([one.asked.log, other.asked.log]).toEqual([1, 0]);
    world.nowMs += 501;
    await other.nightsTaken();
    expect(other.asked.log).toBe(1);
  });

  it("is believed by the window only while that is young by the cache's own clock", async () => {
    const [writer, reader] = [world.process(), world.process()];
    for (const each of [writer, reader]) await each.nightsTaken();
    world.nowMs += 501;
    await writer.nightsTaken();
    const taken = await bookNext();
    // The window was read before the booking; it is nearly a quarter of a second old, and then more.
    world.nowMs += 249;
    expect(await reader.nightsTaken()).toBe(taken - 1);
    expect(reader.asked.log).toBe(0);
    world.nowMs += 501;
    expect(await reader.nightsTaken()).toBe(taken);
    expect(reader.asked.log).toBe(1);
  });

  it("shows its own writes to a process at once, whatever the window says", async () => {
    const [writer, other] = [world.process(), world.process()];
    for (const each of [writer, other]) await each.nightsTaken();
    world.nowMs += 501;
    await other.nightsTaken();
    const taken = await bookNext();
    writer.store.noteWrite();
    expect(await writer.nightsTaken()).toBe(taken);
  });

  const losses: [what: string, lose: (key: string, earlier: string) => void][] = [
    ["was lost", (key) => world.kept.delete(key)],
    ["is damaged", (key) => world.kept.set(key, "{")],
    ["is of another shape", (key) => world.kept.set(key, `{"readMs":${world.nowMs}}`)],
    ["was written over by a slower process", (key, earlier) => world.kept.set(key, earlier)],
    [
      "was cut after what the reader has seen",
      (key) => edit(key, (kept) => ({ ...kept, since: kept.until, changes: [] })),
    ],
    [
      "has a text in place of a snapshot",
      (key) => edit(key, (kept) => ({ ...kept, since: "yesterday" })),
    ],
    ["is away with its cache", () => (world.isCacheAway = true)],
  ];
  it.each(losses)("is read in the database where the window %s", async (_, lose) => {
    const [writer, reader] = [world.process(), world.process()];
    for (const each of [writer, reader]) await each.nightsTaken();
    world.nowMs += 501;
    await writer.nightsTaken();
    const earlier = world.kept.get(world.windowKey)!;
    const taken = await bookNext();
    world.nowMs += 501;
    expect(await writer.nightsTaken()).toBe(taken);
    lose(world.windowKey, earlier);
    const before = reader.asked.log;
    expect(await reader.nightsTaken()).toBe(taken);
    expect(reader.asked.log).toBe(before + 1);
  });

  it("does not miss what commits late", async () => {
    const [one, other] = [world.process(), world.process(undefined)];
    for (const each of [one, other]) await each.nightsTaken();
    let early: number | undefined;
    await edge.sql.transaction(async (tx) => {
      await tx.query("SELECT pg_current_xact_id()");
      early = await bookNext();
      world.nowMs += 501;
      for (const each of [one, other]) expect(await each.nightsTaken()).toBe(early);
      await tx.query(
        `WITH touched AS (SELECT touch_calendar($1) AS version),
         taken AS (INSERT INTO occupancy (dock_id, span, nights, source)
           VALUES ($1, '[0,)', daterange(date '2029-01-01', date '2029-01-05'), 'block'))
         INSERT INTO event (dock_id, version, kind, cell, body, relayed_at)
         SELECT id, touched.version, 'block.created', cell, '{}', now() FROM dock, touched
         WHERE id = $1`,
        [dockId],
      );
      world.nowMs += 501;
      for (const each of [one, other]) expect(await each.nightsTaken()).toBe(early);
    });
    stays++;
    world.nowMs += 501;
    for (const each of [one, other]) expect(await each.nightsTaken()).toBe(early! + 1);
  });

  it("brings a process up to date that was asked nothing for ten minutes, or for a day", async () => {
    for (const absenceMs of [10 * 60_000, 24 * 3_600_000]) {
      for (const cache of [world.cache, undefined]) {
        const one = world.process(cache);
        expect(await one.nightsTaken()).toBe(stays);
        const taken = await bookNext();
        world.nowMs += absenceMs;
        expect(await one.nightsTaken()).toBe(taken);
      }
    }
  });

  it("begins anew in a database that was restored from the past", async () => {
    const one = world.process(undefined);
    one.shiftSnapshots(1_000_000);
    expect(await one.nightsTaken()).toBe(stays);
    one.shiftSnapshots(0);
    const taken = await bookNext();
    world.nowMs += 501;
    expect(await one.nightsTaken()).toBe(taken);
    expect(one.asked.starts).toBe(2);
  });

  it("tells apart what was answered without a change that could not be fetched", async () => {
    const [writer, reader] = [world.process(), world.process()];
    for (const each of [writer, reader]) await each.nightsTaken();
    const taken = await bookNext();
    world.nowMs += 501;
    expect(await writer.nightsTaken()).toBe(taken);
    for (const fail of [reader.goAway, reader.hang]) {
      fail();
      const seen = await reader.store.changesSeen();
      expect(await reader.nightsTaken()).toBe(taken - 1);
      expect(await reader.store.changesSeen()).not.toBe(seen);
      reader.comeBack();
    }
    reader.answerAgain();
    // What hangs still is given up.
    world.nowMs += 10_000;
    expect(await reader.nightsTaken()).toBe(taken);
  });

  it("lets what is known serve on while the database is away or hangs", async () => {
    const [away, hanging] = [world.process(undefined), world.process(undefined)];
    for (const each of [away, hanging]) await each.nightsTaken();
    const before = stays;
    await bookNext();
    world.nowMs += 501;
    away.goAway();
    hanging.hang();
    const start = performance.now();
    expect(await Promise.all([away, hanging].map((each) => each.nightsTaken())))
      .toEqual([before, before]);
    // One patience, not one after the other: those who come later do not wait again.
    world.nowMs += 1_000;
    for (let i = 0; i < 20; i++) await hanging.nightsTaken();
    expect(performance.now() - start).toBeLessThan(2_500);
    expect(hanging.asked.log).toBe(1);
    // A look that never ends is given up, and another one tried.
    hanging.answerAgain();
    world.nowMs += 5_000;
    expect(await hanging.nightsTaken()).toBe(stays);
  });
});

function shifted<Row>(row: Row, by: number): Row {
  const { until } = row as { until?: string };
  if (by === 0 || until === undefined) return row;
  return { ...row, until: until.replace(/\d+/g, (xid) => String(Number(xid) + by)) };
}

function edit(key: string, change: (kept: Record<string, unknown>) => object): void {
  world.kept.set(key, JSON.stringify(change(JSON.parse(world.kept.get(key)!))));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
