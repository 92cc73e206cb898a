import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Position } from "../../shared/geo.ts";
import { MAX_DEPTH, positionToQuadkey } from "../../shared/quadkey.ts";
import type { Person } from "../identity/identity.ts";
import { createTestDocks, type TestDocks } from "../local/test-docks.ts";
import { editDock } from "./edit-dock.ts";
import { pauseDock } from "./pause-dock.ts";
import { publishDock } from "./publish-dock.ts";

const CAPACITY = 512;
const NEWPORT = { lat: 41.4869, lon: -71.3268 };

let docks: TestDocks;
let host: Person;

beforeAll(async () => {
  docks = await createTestDocks();
  host = await docks.addPerson("Ada");
});

afterAll(() => docks.end());

beforeEach(async () => {
  await docks.sql.query("TRUNCATE dock, calendar, harbour CASCADE");
  await docks.sql.query("TRUNCATE tile_leaf");
  await docks.sql.query("INSERT INTO tile_leaf (quadkey) VALUES ('')");
});

/** Drafts as `addDock` makes them, many in a statement. */
async function addDrafts(positions: readonly Position[]): Promise<number[]> {
  const harbour = await docks.addHarbour(host, { position: positions[0]! });
  const rows = await docks.sql.query<{ id: number }>(
    `INSERT INTO dock (host_id, harbour_id, kind, name, lat, lon, public_lat, public_lon, cell,
       time_zone, max_loa_cm, cancellation_policy, collection, rate)
     SELECT $1, $2, 'slip', 'Berth', lat, lon, lat, lon, cell, 'UTC', 1200, 'flexible', 'at_dock', '{}'
     FROM unnest($3::float8[], $4::float8[], $5::text[]) AS at (lat, lon, cell) RETURNING id`,
    [
      host.id,
      harbour.id,
      positions.map(({ lat }) => lat),
      positions.map(({ lon }) => lon),
      positions.map((position) => positionToQuadkey(position)),
    ],
  );
  await docks.sql.query(
    "INSERT INTO calendar (dock_id) SELECT id FROM dock ON CONFLICT DO NOTHING",
  );
  return rows.map((row) => row.id);
}

/** Publishes as `publishDock` does, without its checks, in the given order. */
function publishAll(ids: readonly number[]): Promise<unknown> {
  return docks.sql.query(
    "SELECT place_dock(id, 'published') FROM unnest($1::bigint[]) WITH ORDINALITY AS d (id, rank) ORDER BY rank",
    [ids],
  );
}

/** Checks that the leaves part the world and hold each published dock once; returns their counts. */
async function expectSoundLeaves(): Promise<Map<string, number>> {
  const leaves = await docks.sql.query<{ quadkey: string; docks: number; held: number }>(
    `SELECT l.quadkey, l.docks, (SELECT count(*) FROM dock d WHERE d.leaf = l.quadkey) AS held
     FROM tile_leaf l ORDER BY l.quadkey`,
  );
  const area = leaves.reduce((sum, { quadkey }) => sum + 4 ** -quadkey.length, 0);
  expect(area).toBe(1);
  for (const [i, { quadkey }] of leaves.entries()) {
    const next = leaves[i + 1]?.quadkey;
    expect(next?.startsWith(quadkey) ?? false).toBe(false);
  }
  for (const { quadkey, docks: count, held } of leaves) {
    expect(count).toBe(held);
    expect(count).toBeLessThanOrEqual(quadkey.length < MAX_DEPTH ? CAPACITY : Infinity);
  }
  const astray = await docks.sql.query(
    `SELECT id, leaf FROM dock
     WHERE (status = 'published') <> (leaf IS NOT NULL) OR NOT starts_with(cell, leaf)`,
  );
  expect(astray).toEqual([]);
  return new Map(leaves.map((leaf) => [leaf.quadkey, leaf.docks]));
}

const directoryVersion = async () =>
  (await docks.sql.query<{ version: number }>("SELECT version FROM tile_directory"))[0]!.version;

test("the root holds 512 docks and splits with the next", async () => {
  const around = Array.from({ length: CAPACITY + 1 }, (_, i) => ({
    lat: -60 + (i * 120) / CAPACITY,
    lon: -179 + (i * 358) / CAPACITY,
  }));
  const ids = await addDrafts(around);
  const before = await directoryVersion();
  await publishAll(ids.slice(0, CAPACITY));
  expect(await expectSoundLeaves()).toEqual(new Map([["", CAPACITY]]));
  expect(await directoryVersion()).toBe(before);
  await publishAll(ids.slice(CAPACITY));
  expect([...(await expectSoundLeaves()).keys()]).toEqual(["0", "1", "2", "3"]);
  expect(await directoryVersion()).toBe(before + 1);
});

test("1,500 docks at few places, 600 of them at one position, all find a leaf", async () => {
  const places: readonly (readonly [Position, number])[] = [
    [NEWPORT, 600],
    [{ lat: -17.77, lon: 179.999 }, 300],
    [{ lat: -17.77, lon: -179.999 }, 300],
    [{ lat: 89.9, lon: 12 }, 100],
    [{ lat: -89.9, lon: 180 }, 100],
    [{ lat: 41.4875, lon: -71.3268 }, 100],
  ];
  const positions = places.flatMap(([position, count]) =>
    Array.from({ length: count }, () => position)
  );
  // Any order serves; this one mixes the places and is the same at every run.
  const mixed = positions.map((position, i) => ({ position, rank: (i * 7_919) % 1_501 }))
    .sort((a, b) => a.rank - b.rank).map(({ position }) => position);
  const ids = await addDrafts(mixed);
  await publishAll(ids);
  const leaves = await expectSoundLeaves();
  expect(leaves.get(positionToQuadkey(NEWPORT))).toBe(600);
  expect([...leaves.values()].reduce((sum, count) => sum + count, 0)).toBe(1_500);
});

test("docks published at once by many each get their leaf, splits and all", async () => {
  const ids = await addDrafts(Array.from({ length: 540 }, (_, i) => ({
    lat: NEWPORT.lat + (i % 23) * 1e-4,
    lon: NEWPORT.lon + Math.floor(i / 23) * 1e-4,
  })));
  await publishAll(ids.slice(0, 500));
  await Promise.all(ids.slice(500).map((id) => publishDock(docks.sql, host, id)));
  const leaves = await expectSoundLeaves();
  expect([...leaves.values()].reduce((sum, count) => sum + count, 0)).toBe(540);
});

test("edits of a leaf's docks and its splits do not stand in each other's way", async () => {
  const ids = await addDrafts(Array.from({ length: 530 }, (_, i) => ({
    lat: NEWPORT.lat + (i % 23) * 1e-4,
    lon: NEWPORT.lon + Math.floor(i / 23) * 1e-4,
  })));
  await docks.sql.query(
    `UPDATE dock SET rate = '{"currency": "USD", "basis": "per_night", "minor": 1}'`,
  );
  await publishAll(ids.slice(0, 505));
  await Promise.all([
    ...ids.slice(0, 20).map((id) =>
      editDock(docks.sql, host, id, 1, { position: { lat: 41.5, lon: -71.3 } }, Date.now())
    ),
    ...ids.slice(20, 40).map((id) => pauseDock(docks.sql, host, id)),
    ...ids.slice(505).map((id) => publishDock(docks.sql, host, id)),
  ]);
  const leaves = await expectSoundLeaves();
  expect([...leaves.values()].reduce((sum, count) => sum + count, 0)).toBe(510);
});

test("a dock that moves leaves its leaf for another, and says which cell it left", async () => {
  const [first, ...others] = await addDrafts(
    Array.from(
      { length: CAPACITY + 2 },
      (_, i) => i === 0 ? NEWPORT : { lat: -17.7, lon: 177 + i * 1e-3 },
    ),
  );
  await docks.sql.query(
    `UPDATE dock SET rate = '{"currency": "USD", "basis": "per_night", "minor": 1}'`,
  );
  await publishAll([first!, ...others]);
  const before = await expectSoundLeaves();
  const there = { lat: 41.6, lon: -71.4 };
  await editDock(docks.sql, host, first!, 1, { position: there }, Date.now());
  expect(await docks.sql.query("SELECT cell, cell_before FROM event WHERE dock_id = $1", [first!]))
    .toEqual([{ cell: positionToQuadkey(there), cell_before: positionToQuadkey(NEWPORT) }]);
  const after = await expectSoundLeaves();
  expect([...after.values()].reduce((sum, count) => sum + count, 0)).toBe(514);
  expect(after.size).toBe(before.size);
});
