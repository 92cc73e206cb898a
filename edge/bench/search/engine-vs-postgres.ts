import type pg from "pg";
import type { ExchangeRates } from "../../../shared/money.ts";
import { findDocks } from "../../../shared/search.ts";
import { areaToBbox, type WaterSearch } from "../../../shared/search-terms.ts";
import { splitPages } from "../../../shared/tile-dock.ts";
import { decodeTile, encodeTile, type Tile } from "../../../shared/tile.ts";
import { readLeaves } from "../../docks/change-log-queries.ts";
import { createLeafDirectory } from "../../docks/leaf-directory.ts";
import { loadLeaves } from "../../docks/tile-queries.ts";
import type { Sql } from "../../platform/sql.ts";
import { mean, median } from "../engine/timing.ts";
import { CANDIDATES } from "./peer-tables.ts";
import { candidateValues } from "./postgres-peer.ts";

export interface EngineTimes {
  /** Microseconds a question, medians of all turns; Postgres's by its own clock, planning left out. */
  oursUs: number;
  postgresUs: number;
  /** With the nights looked up in the table's own GiST index, not in a multirange of each row. */
  postgresNightsUs: number;
  docksRead: number;
}

/** The nights as the product's tables have them, behind their GiST index of docks and nights. */
const WITH_NIGHTS = CANDIDATES.replace(
  "(taken IS NULL OR NOT taken && daterange($5, $6))",
  `(taken IS NULL OR NOT EXISTS (SELECT FROM public.occupancy t
     WHERE t.dock_id = d.id AND t.nights && daterange($5, $6)))`,
);

/**
 * Our engine, with fit, prices and order, against what Postgres needs to find the candidates alone:
 * on the same docks, in turns, everything in memory.
 */
export async function compareWithPostgres(
  client: pg.Client,
  questions: readonly WaterSearch[],
  turns: number,
): Promise<EngineTimes> {
  const sql = toSql(client);
  const { version, leaves } = await readLeaves(sql);
  const directory = createLeafDirectory(version, leaves);
  const byLeaf = new Map<string, Tile[]>();
  const asked = [];
  for (const search of questions) {
    const quadkeys = directory.leavesIn(areaToBbox(search.area)).map(({ quadkey }) => quadkey);
    for (const leaf of await loadLeaves(sql, quadkeys.filter((key) => !byLeaf.has(key)))) {
      byLeaf.set(leaf.quadkey, splitPages(leaf).map((page) => decodeTile(encodeTile(page))));
    }
    asked.push({ search, tiles: quadkeys.flatMap((quadkey) => byLeaf.get(quadkey) ?? []) });
  }
  const context = { nowMs: Date.now(), rates: await readRates(client) };
  // Postgres's code is compiled; ours is once it has run for a while.
  for (let warm = 0; warm < 20; warm++) {
    for (const { search, tiles } of asked) findDocks(tiles, search, context);
  }
  const times = { ours: [] as number[], rows: [] as number[], nights: [] as number[] };
  for (let turn = -1; turn < turns; turn++) {
    const start = performance.now();
    for (const { search, tiles } of asked) findDocks(tiles, search, context);
    const ours = ((performance.now() - start) * 1_000) / asked.length;
    const rows = await serverTime(client, CANDIDATES, questions);
    const nights = await serverTime(client, WITH_NIGHTS, questions);
    if (turn < 0) continue;
    times.ours.push(ours);
    times.rows.push(rows);
    times.nights.push(nights);
  }
  return {
    oursUs: median(times.ours),
    postgresUs: median(times.rows),
    postgresNightsUs: median(times.nights),
    docksRead: mean(asked.map(({ tiles }) => tiles.reduce((sum, { count }) => sum + count, 0))),
  };
}

/** Microseconds that a question takes by Postgres's own clock. */
async function serverTime(
  client: pg.Client,
  text: string,
  questions: readonly WaterSearch[],
): Promise<number> {
  let ms = 0;
  for (const search of questions) {
    const { rows } = await client.query<{ "QUERY PLAN": { "Execution Time": number }[] }>(
      `EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF, FORMAT JSON) ${text}`,
      candidateValues(search),
    );
    ms += rows[0]!["QUERY PLAN"][0]!["Execution Time"];
  }
  return (ms * 1_000) / questions.length;
}

async function readRates(client: pg.Client): Promise<ExchangeRates> {
  const { rows } = await client.query<{ per_euro: Record<string, number> }>(
    "SELECT per_euro FROM exchange_rates ORDER BY version DESC LIMIT 1",
  );
  return { version: 1, perEuro: rows[0]!.per_euro };
}

function toSql(client: pg.Client): Sql {
  return {
    query: async (text, values) => (await client.query(text, values as unknown[])).rows as never,
    transaction: () => Promise.reject(new Error("a benchmark only reads")),
  };
}
