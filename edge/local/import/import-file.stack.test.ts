import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import type { Harbour } from "../../../shared/dock.ts";
import { blurPosition } from "../../../shared/blur.ts";
import { positionToQuadkey } from "../../../shared/quadkey.ts";
import { tileDocks } from "../../../shared/tile.ts";
import { createTileStore } from "../../docks/tile-store.ts";
import { pauseDock } from "../../docks/pause-dock.ts";
import { publishDock } from "../../docks/publish-dock.ts";
import { readDock } from "../../docks/read-dock.ts";
import type { Person } from "../../identity/identity.ts";
import { createTestDocks, type TestDocks } from "../test-docks.ts";
import { addTideStation, NEWPORT_TIDE } from "../test-tides.ts";
import { importFile, type ImportOptions } from "./import-file.ts";

const NEWPORT = { lat: 41.4869, lon: -71.3268 };
const AROUND = { west: -71.4, south: 41.4, east: -71.2, north: 41.6 };
const RATE = { currency: "USD", basis: "per_night", minor: 9_000 };
const CSV_HEADER =
  "kind,name,position.lat,position.lon,maxLoaCm,rate.currency,rate.basis,rate.minor";

let docks: TestDocks;
let host: Person;
let harbour: Harbour;
let folder: string;

beforeAll(async () => {
  docks = await createTestDocks();
  folder = await mkdtemp(join(tmpdir(), "dokkerr-import-"));
  host = await docks.addPerson("Hedda Host");
  await addTideStation(docks.sql, NEWPORT_TIDE);
});
afterAll(async () => {
  await docks.end();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await docks.sql.query("TRUNCATE dock, calendar, harbour, event CASCADE");
  await docks.sql.query("TRUNCATE tile_leaf");
  await docks.sql.query("INSERT INTO tile_leaf (quadkey) VALUES ('')");
  harbour = await docks.addHarbour(host);
});

/** Imports a text as a file, in a session of its own. */
async function importText(
  name: string,
  text: string,
  more: Partial<ImportOptions> = {},
  onClient: (client: pg.Client) => void = () => {},
) {
  const path = join(folder, name);
  await writeFile(path, text);
  const [{ name: database } = { name: "" }] = await docks.sql.query<{ name: string }>(
    "SELECT current_database() AS name",
  );
  const url = new URL(inject("testPostgres").databaseUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client(url.href);
  await client.connect();
  onClient(client);
  try {
    return await importFile({
      client,
      path,
      format: name.endsWith(".csv") ? "csv" : "geojson",
      email: host.email,
      harbourId: harbour.id,
      partial: false,
      publish: false,
      dryRun: false,
      log: () => {},
      onProgress: () => {},
      onFault: () => {},
      ...more,
    });
  } finally {
    await client.end();
  }
}

function csvRow(name: string, lat: number = NEWPORT.lat, lon: number = NEWPORT.lon): string {
  return `slip,${name},${lat},${lon},1400,USD,per_night,9000`;
}

function collection(features: readonly object[]): string {
  return JSON.stringify({ type: "FeatureCollection", features }, undefined, 1);
}

function feature(properties: object, coordinates: number[] = [NEWPORT.lon, NEWPORT.lat]) {
  return { type: "Feature", geometry: { type: "Point", coordinates }, properties };
}

async function countDocks(): Promise<number> {
  const [row] = await docks.sql.query<{ count: number }>("SELECT count(*) FROM dock");
  return row!.count;
}

/** Checks that each published dock lies in one leaf, and that leaves count theirs; their counts. */
async function expectSoundLeaves(): Promise<Map<string, number>> {
  const leaves = await docks.sql.query<{ quadkey: string; docks: number; real: number }>(
    `SELECT quadkey, docks, (
       SELECT count(*) FROM dock d WHERE d.leaf = quadkey AND left(d.cell, length(quadkey)) = quadkey
     ) AS real FROM tile_leaf ORDER BY quadkey`,
  );
  expect(leaves.filter((leaf) => leaf.docks !== leaf.real)).toEqual([]);
  expect(leaves.reduce((area, { quadkey }) => area + 4 ** -quadkey.length, 0)).toBe(1);
  const [row] = await docks.sql.query<{ count: number }>(
    "SELECT count(*) FROM dock WHERE status = 'published'",
  );
  expect(leaves.reduce((sum, leaf) => sum + leaf.docks, 0)).toBe(row!.count);
  expect(leaves.filter((leaf) => leaf.docks > 512 && leaf.quadkey.length < 21)).toEqual([]);
  return new Map(leaves.map((leaf) => [leaf.quadkey, leaf.docks]));
}

describe("importFile", () => {
  it("reads a CSV file: nested columns, JSON cells, quotes, empty cells, CRLF", async () => {
    const header =
      "\uFEFFkind,name,description,position.lat,position.lon,maxLoaCm,minLoaCm,outlets,amenities," +
      "rate.currency,rate.basis,rate.minor,rate.fees,depthCm,depthDatum,accessible,blurPosition";
    const row = `slip,"A ""1"", inner","two\nlines",41.487,-71.327,1400,,` +
      `"[{""plug"":""cee_16"",""volts"":230,""amps"":16,""phases"":1}]",` +
      `"[""wifi"",""electricity""]",USD,per_night,9000,` +
      `"{""cleaningMinor"":500,""powerPerNightMinor"":0}",250,MSL,true,true`;
    const done = await importText("one.csv", `${header}\r\n${row}\r\n`);
    expect(done.report.shown).toEqual([]);
    expect(done).toMatchObject({ read: 1, written: 1, harbours: 0 });
    const [{ id } = { id: 0 }] = await docks.sql.query<{ id: number }>("SELECT id FROM dock");
    const dock = await readDock(docks.sql, host, id);
    expect(dock).toMatchObject({
      status: "draft",
      version: 1,
      name: 'A "1", inner',
      description: "two\nlines",
      position: { lat: 41.487, lon: -71.327 },
      amenities: ["electricity", "wifi"],
      outlets: [{ amps: 16 }],
      accessible: true,
      timeZone: "America/New_York",
      rate: { minor: 9_000, fees: { cleaningMinor: 500 }, multihullPercent: 100 },
      publicPosition: blurPosition({ lat: 41.487, lon: -71.327 }, id),
    });
    // What the API would have written of the same dock.
    const twin = await docks.addDock(host, harbour, {
      position: { lat: 41.487, lon: -71.327 },
      depthCm: 250,
      depthDatum: "MSL",
    });
    const depths = await docks.sql.query("SELECT depth_lat_cm FROM dock ORDER BY id");
    expect(depths[0]).toEqual(depths[1]);
    expect(depths[0]).not.toEqual({ depth_lat_cm: null });
    await publishDock(docks.sql, host, id);
    await publishDock(docks.sql, host, twin.id);
  });

  it("reads a GeoJSON file and makes a harbour once that its docks describe", async () => {
    const marina = { name: "Goat", place: "Newport, RI", country: "US", ...NEWPORT };
    const text = collection(["A", "B", "C"].map((name) =>
      feature({
        kind: "slip",
        name,
        maxLoaCm: 1_200,
        minLoaCm: null,
        rate: RATE,
        harbour: { ...marina, timeZone: "America/New_York" },
      })
    ));
    const done = await importText("marina.geojson", text, { harbourId: undefined });
    expect(done.report.shown).toEqual([]);
    expect(done).toMatchObject({ read: 3, written: 3, harbours: 1 });
    expect(
      await docks.sql.query(
        `SELECT h.name, h.tide_station, s.person_id, (SELECT count(*) FROM dock WHERE harbour_id = h.id)
         FROM harbour h JOIN harbour_staff s ON s.harbour_id = h.id WHERE h.id <> $1`,
        [harbour.id],
      ),
    ).toEqual([{ name: "Goat", tide_station: NEWPORT_TIDE, person_id: host.id, count: 3 }]);
    expect(await importText("marina.geojson", text, { harbourId: undefined }))
      .toMatchObject({ written: 3, harbours: 0 });
  });

  it("writes nothing where one line is bad, and says which and why", async () => {
    const rows = [
      csvRow("A"),
      'slip,"B\nb",41.4869,-71.3268,50,USD,per_night,9000',
      csvRow("C", 42.4869),
      "slip,D",
      "slip,E,41.4869,-71.3268,x,USD,per_night,9000",
    ];
    const faults: string[] = [];
    const done = await importText("bad.csv", [CSV_HEADER, ...rows].join("\n"), {
      onFault: (text) => void faults.push(text),
    });
    expect(done).toMatchObject({ read: 5, written: 0 });
    expect(done.report.toLines()).toEqual([
      "line 3: maxLoaCm too small: expected number to be >=100",
      "line 5: position must be within 20 km of the harbour",
      "line 6: has 2 values, but the header names 8",
      "line 7: maxLoaCm invalid input: expected number, received string",
    ]);
    expect(faults).toEqual(done.report.shown);
    expect(await countDocks()).toBe(0);
  });

  it("writes the good lines of a file with --partial, and only checks with --dry-run", async () => {
    const text = [CSV_HEADER, csvRow("A"), csvRow(""), csvRow("C")].join("\n");
    const tried = await importText("some.csv", text, { partial: true, dryRun: true });
    expect(tried).toMatchObject({ read: 3, written: 0, report: { lines: 1 } });
    expect(await countDocks()).toBe(0);
    expect(await importText("some.csv", text, { partial: true })).toMatchObject({
      read: 3,
      written: 2,
      report: { lines: 1 },
    });
    expect(await docks.sql.query("SELECT name FROM dock ORDER BY id")).toEqual([
      { name: "A" },
      { name: "C" },
    ]);
  });

  it("shows the first 50 faults and counts the others", async () => {
    const rows = Array.from({ length: 60 }, () => csvRow(""));
    const { report } = await importText("many.csv", [CSV_HEADER, ...rows].join("\n"));
    expect(report.toLines()).toHaveLength(51);
    expect(report.toLines().at(-1)).toBe("… and 10 more");
  });

  it("names columns and properties that no dock has", async () => {
    const csv = await importText("odd.csv", `${CSV_HEADER},dept,rate.minr\n${csvRow("A")},1,2\n`);
    expect(csv.report.shown).toEqual([
      'line 1: "dept" is no column of a dock; "rate.minr" is no column of a dock',
    ]);
    const properties = { kind: "slip", name: "A", maxLoaCm: 1_200, rate: { ...RATE, minr: 1 } };
    const json = await importText("odd.geojson", collection([feature(properties)]));
    expect(json.report.shown).toEqual(["line 4: rate.minr unknown value"]);
    expect(await countDocks()).toBe(0);
  });

  it.each([
    [
      "quote.csv",
      `${CSV_HEADER}\n${csvRow("A")}\n"slip,B\n`,
      /^line 3: the file is not CSV from here on: Quote Not Closed/,
    ],
    [
      "cell.csv",
      `${CSV_HEADER},outlets\n${csvRow("A")},[]\n${csvRow("B")},[\n`,
      /^line 3: outlets is not JSON/,
    ],
    [
      "comma.geojson",
      '{"type":"FeatureCollection","features":[\n{"type":"Feature",\n"properties":{,}}]}',
      /^line 3: is not JSON/,
    ],
    [
      "cut.geojson",
      '{"type":"FeatureCollection","features":[\n{"type":"Fea',
      /^line 2: the file ends/,
    ],
    ["empty.csv", "", /^line 1: the file is empty/],
    ["none.csv", CSV_HEADER, /^line 1: the file has no docks/],
  ])("says on which line %s breaks, and writes nothing even with --partial", async (
    name,
    text,
    words,
  ) => {
    const done = await importText(name, text, { partial: !name.startsWith("c") });
    expect(done.report.shown.at(-1)).toMatch(words);
    expect(await countDocks()).toBe(0);
  });

  it("refuses what Postgres cannot keep, and a harbour that is somebody else's", async () => {
    const other = await docks.addHarbour(await docks.addPerson("Otto Other"));
    const dock = { kind: "slip", maxLoaCm: 1_200, rate: RATE };
    const season = { name: "\ud800", from: "01-01", to: "02-01", minor: 1 };
    const { report } = await importText(
      "odd.geojson",
      collection([
        feature({ ...dock, name: "A\0" }),
        feature({ ...dock, name: "B", rate: { ...RATE, seasons: [season] } }),
        feature({ ...dock, name: "C", harbourId: other.id }),
        feature({ ...dock, name: "D", harbourId: 4_000_000 }),
      ]),
      { partial: true },
    );
    expect(report.shown.map((text) => text.replace(/^line \d+: /, ""))).toEqual([
      "name has a character that no text can keep",
      "rate.seasons.0.name has a character that no text can keep",
      `harbourId must be the host's own: ${other.id} belongs to somebody else`,
      "harbourId must be a harbour: there is no 4000000",
    ]);
  });
});

describe("importFile with --publish", () => {
  it("shows its docks to a process that knew the water before, also in a leaf with docks", async () => {
    const first = await docks.addDock(host, harbour);
    await publishDock(docks.sql, host, first.id);
    const clock = { nowMs: 1_000_000 };
    const store = createTileStore({
      sql: docks.sql,
      cache: undefined,
      now: () => clock.nowMs,
      budgetBytes: 32e6,
      background: (work) => void work,
    });
    const seen = async () =>
      (await store.waterIn(AROUND, 100)).tiles.flatMap(tileDocks).map(({ id }) => id);
    expect(await seen()).toEqual([first.id]);
    const small = Array.from({ length: 20 }, (_, i) => csvRow(`S ${i}`, 41.48 + i * 1e-4));
    await importText("small.csv", [CSV_HEADER, ...small].join("\n"), { publish: true });
    clock.nowMs += 600;
    expect(await seen()).toHaveLength(21);
    const large = Array.from({ length: 700 }, (_, i) => csvRow(`L ${i}`, 41.48, -71.3 + i * 1e-5));
    await importText("large.csv", [CSV_HEADER, ...large].join("\n"), { publish: true });
    clock.nowMs += 600;
    expect(new Set(await seen()).size).toBe(721);
    await expectSoundLeaves();
  });

  it("does not stand in the way of docks that others publish and pause meanwhile", async () => {
    const many = Array.from(
      { length: 560 },
      (_, i) => ({ lat: NEWPORT.lat + (i % 23) * 1e-4, lon: NEWPORT.lon + (i / 23) * 1e-4 }),
    );
    const text = (from: number, to: number) =>
      [CSV_HEADER, ...many.slice(from, to).map(({ lat, lon }, i) => csvRow(`${i}`, lat, lon))]
        .join("\n");
    await importText("ground.csv", text(0, 480), { publish: true });
    await importText("drafts.csv", text(480, 560));
    const ids = (await docks.sql.query<{ id: number }>("SELECT id FROM dock ORDER BY id"))
      .map(({ id }) => id);
    await Promise.all([
      importText("meanwhile.csv", text(0, 560), { publish: true }),
      ...ids.slice(480).map((id) => publishDock(docks.sql, host, id)),
      ...ids.slice(0, 20).map((id) => pauseDock(docks.sql, host, id)),
    ]);
    const leaves = await expectSoundLeaves();
    expect([...leaves.values()].reduce((sum, count) => sum + count, 0)).toBe(1_100);
  });

  it("puts right what others did to the leaves after they were planned", async () => {
    await importText(
      "ground.csv",
      [
        CSV_HEADER,
        ...Array.from({ length: 400 }, (_, i) => csvRow(`${i}`, 41.4869 + i * 1e-4)),
      ].join("\n"),
      { publish: true },
    );
    const rows = (count: number, lon: number) =>
      [
        CSV_HEADER,
        ...Array.from({ length: count }, (_, i) => csvRow(`${i}`, 41.45, lon + i * 1e-4)),
      ]
        .join("\n");
    let splits = 0;
    // When the rows are written, another import splits the leaf that they were meant for.
    const interrupt = (client: pg.Client) => {
      const query = client.query.bind(client) as (text: unknown, values?: unknown) => unknown;
      const interrupted = async (text: string) => {
        splits++;
        await importText("early.csv", rows(300, -71.34), { publish: true });
        return query(text);
      };
      Object.assign(client, {
        query: (text: unknown, values?: unknown) =>
          typeof text === "string" && text.includes("tile_directory FOR UPDATE")
            ? interrupted(text)
            : query(text, values),
      });
    };
    await importText("late.csv", rows(100, -71.35), { publish: true }, interrupt);
    expect(splits).toBe(1);
    const leaves = await expectSoundLeaves();
    expect([...leaves.values()].reduce((sum, count) => sum + count, 0)).toBe(800);
    expect(leaves.size).toBeGreaterThan(1);
  });

  it("loads 20,000 docks, and places each", async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, i) => csvRow(`Berth ${i}`, 41.42 + (i % 141) * 9e-4, -71.4 + Math.floor(i / 141) * 1e-3),
    );
    const ends: number[] = [];
    const done = await importText("large.csv", [CSV_HEADER, ...rows].join("\n"), {
      publish: true,
      onProgress: (share, read) => void (share === 1 && ends.push(read)),
    });
    expect({ ...done, ends }).toMatchObject({ read: 20_000, written: 20_000, ends: [20_000] });
    const leaves = await expectSoundLeaves();
    expect(leaves.size).toBeGreaterThan(40);
    const [row] = await docks.sql.query<{ cell: string; lat: number; lon: number }>(
      "SELECT cell, lat, lon FROM dock ORDER BY id DESC LIMIT 1",
    );
    expect(row!.cell).toBe(positionToQuadkey(row!));
  });
});
