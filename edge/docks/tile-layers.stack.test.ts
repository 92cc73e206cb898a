import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tileDocks } from "../../shared/tile.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import {
  anotherProcess,
  countingSql,
  createTestCache,
  createTestEdgeCache,
  gate,
  isLeafLoad,
  NEWPORT,
  nightsTaken,
} from "../local/test-tile-store.ts";
import type { Sql, SqlValue } from "../platform/sql.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import type { SharedCache } from "../platform/cache.ts";

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
});
afterAll(() => edge.close());

describe("createTileStore with caches", () => {
  it("does not let a slow answer of Redis hide a booking", async () => {
    const dock = await harbour.addDock();
    const { cache } = createTestCache();
    const first = anotherProcess(edge.sql, { cache });
    await first.store.waterIn(NEWPORT, 10);
    await first.settle();
    const paused = gate();
    const reading = gate();
    const slow: SharedCache = {
      ...cache,
      async getMany(keys) {
        const values = await cache.getMany(keys);
        reading.resolve();
        await paused.promise;
        return values;
      },
    };
    const { store, clock } = anotherProcess(edge.sql, { cache: slow });
    const early = store.waterIn(NEWPORT, 10);
    await reading.promise;
    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    clock.nowMs += 501;
    // Whoever comes now knows of the booking, and finds the load under way.
    await store.changesSeen();
    const late = nightsTaken(store, dock.id);
    await Promise.resolve();
    paused.resolve();
    await early;
    expect(await late).toBe(1);
  });

  it("asks the runtime's cache before Redis, and gives it what comes from there", async () => {
    const { cache, kept } = createTestCache();
    const near = createTestEdgeCache();
    const dock = await harbour.addDock();
    const first = anotherProcess(edge.sql, { cache });
    await first.store.waterIn(NEWPORT, 10);
    await first.settle();
    const second = anotherProcess(edge.sql, { cache, edgeCacheOf: near.edgeCacheOf });
    expect((await second.store.waterIn(NEWPORT, 10)).layers)
      .toMatchObject({ memory: 0, edge: 0, shared: 1, origin: undefined });
    await second.settle();
    kept.clear();
    const third = anotherProcess(edge.sql, { cache, edgeCacheOf: near.edgeCacheOf });
    expect((await third.store.waterIn(NEWPORT, 10)).layers)
      .toMatchObject({ memory: 0, edge: 1, shared: undefined, origin: undefined });

    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    const { sql, statements } = countingSql(edge.sql);
    const fourth = anotherProcess(sql, { edgeCacheOf: near.edgeCacheOf });
    expect(await nightsTaken(fourth.store, dock.id)).toBe(1);
    expect(statements.filter(isLeafLoad)).toEqual([]);
    expect([...near.areas]).toHaveLength(1);
  });

  it("gives no tile of one database to another one", async () => {
    const { cache } = createTestCache();
    const near = createTestEdgeCache();
    const here = anotherProcess(edge.sql, { cache, edgeCacheOf: near.edgeCacheOf });
    expect((await here.store.waterIn(NEWPORT, 10)).tiles).not.toEqual([]);
    await here.settle();
    // A branch, or a copy, elsewhere.
    const copy = anotherProcess(edge.sql, { cache, databaseHost: "elsewhere" });
    expect((await copy.store.waterIn(NEWPORT, 10)).layers).toMatchObject({ shared: 0, origin: 1 });
    const other = await createTestEdge();
    try {
      const otherHarbour = await createTestHarbour(other);
      const dock = await otherHarbour.addDock({ name: "Elsewhere" });
      const there = anotherProcess(other.sql, { cache, edgeCacheOf: near.edgeCacheOf });
      const { tiles, layers } = await there.store.waterIn(NEWPORT, 10);
      expect(tiles.flatMap(tileDocks).map(({ name }) => name)).toEqual([dock.name]);
      expect(layers).toMatchObject({ edge: 0, shared: 0, origin: 1 });
    } finally {
      await other.close();
    }
  });

  it("takes a tile of Redis that is current, and none that is not", async () => {
    const { cache, kept } = createTestCache();
    const dock = await harbour.addDock();
    const first = anotherProcess(edge.sql, { cache });
    await first.store.waterIn(NEWPORT, 10);
    await first.settle();
    const second = await anotherProcess(edge.sql, { cache }).store.waterIn(NEWPORT, 10);
    expect(second.layers).toMatchObject({ memory: 0, shared: 1, origin: undefined });

    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    const third = anotherProcess(edge.sql, { cache });
    expect(await nightsTaken(third.store, dock.id)).toBe(1);
    await third.settle();

    for (const damage of [(text: string) => text.slice(0, 100), () => "no base64", () => ""]) {
      for (const [key, text] of kept) kept.set(key, damage(text));
      const other = anotherProcess(edge.sql, { cache });
      const { layers } = await other.store.waterIn(NEWPORT, 10);
      expect(layers).toMatchObject({ memory: 0, shared: 0, origin: 1 });
      await other.settle();
    }
  });

  it("asks replicas for leaves, and believes of one that is behind only what the log can judge", async () => {
    const dock = await harbour.addDock();
    // A replica that stands still at this moment: what it answered is what it goes on answering.
    const stood = new Map<string, unknown[]>();
    const standing: Sql = {
      async query<Row>(text: string, values: readonly SqlValue[] = []) {
        const key = JSON.stringify(values);
        if (!stood.has(key)) stood.set(key, await edge.sql.query(text, values));
        return stood.get(key) as Row[];
      },
      transaction: () => Promise.reject(new Error("a replica takes no writes")),
    };
    const primary = countingSql(edge.sql);
    const early = anotherProcess(primary.sql, { replicas: [standing] });
    expect(await nightsTaken(early.store, dock.id)).toBe(0);
    expect(primary.statements.filter(isLeafLoad)).toEqual([]);

    // Begun before the booking, so that the log knows of it: the nights alone are read anew.
    const { cache } = createTestCache();
    const later = anotherProcess(primary.sql, { replicas: [standing], cache });
    await later.store.changesSeen();
    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    later.clock.nowMs += 600;
    expect(await nightsTaken(later.store, dock.id)).toBe(1);
    expect(primary.statements.filter(isLeafLoad)).toEqual([]);
    await later.settle();
    expect(await nightsTaken(anotherProcess(edge.sql, { cache }).store, dock.id)).toBe(1);

    // More than nights has changed since: the primary is asked.
    const edited = await harbour.host.fetch(
      `PATCH /api/docks/${dock.id}`,
      { name: "Berth of honour" },
      { "If-Match": `"${dock.version}"` },
    );
    expect(edited.status).toBe(200);
    const last = anotherProcess(primary.sql, { replicas: [standing] });
    const { tiles } = await last.store.waterIn(NEWPORT, 10);
    expect(tiles.flatMap(tileDocks).find(({ id }) => id === dock.id)?.name).toBe("Berth of honour");
    expect(primary.statements.filter(isLeafLoad)).toHaveLength(1);
  });

  it("asks the primary where a replica fails or hangs", async () => {
    const dock = await harbour.addDock();
    const hanging = gate();
    const answers: (() => Promise<never[]>)[] = [
      () => Promise.reject(new Error("gone")),
      () => hanging.promise.then(() => []),
    ];
    for (const query of answers) {
      const replica: Sql = { query, transaction: query as Sql["transaction"] };
      const { store } = anotherProcess(edge.sql, { replicas: [replica] });
      expect(await nightsTaken(store, dock.id)).toBe(0);
    }
    hanging.resolve();
  });

  it("forgets the longest unused where the memory is full, and what it shows stays right", async () => {
    const dock = await harbour.addDock();
    const { sql, statements } = countingSql(edge.sql);
    const { store, clock } = anotherProcess(sql, { budgetBytes: 1 });
    for (let i = 0; i < 3; i++) expect(await nightsTaken(store, dock.id)).toBe(0);
    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    clock.nowMs += 501;
    expect(await nightsTaken(store, dock.id)).toBe(1);
    expect(statements.filter(isLeafLoad)).toHaveLength(1);
  });
});
