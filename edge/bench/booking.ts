import { mkdir, writeFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import pg from "pg";
import { startBenchDatabase } from "./booking/bench-world.ts";
import { measureApi } from "./booking/measure-api.ts";
import { compare, deadlocks, measureRush, rate, rollWish, type Water } from "./booking/measure.ts";
import {
  bookInteractively,
  connectAll,
  insertExclusion,
  insertUnconstrained,
  type Way,
  wayOfBook,
} from "./booking/ways-to-book.ts";

// Stays a second over many docks, through the API and below it, and a rush of 50 on one dock.
// `--docks N`, `--turns N`, `--pieces N` stays a turn, `--rushes N`.

const { values } = parseArgs({
  options: {
    docks: { type: "string", default: "100000" },
    turns: { type: "string", default: "9" },
    pieces: { type: "string", default: "800" },
    rushes: { type: "string", default: "100" },
  },
});
const docks = Number(values.docks);
const turns = Number(values.turns);
const pieces = Number(values.pieces);
const results: Record<string, unknown> = { docks, turns, pieces };
const CONNECTIONS = 8;
const CROWD = 50;

function ratio(name: string, value: number): void {
  console.log(`RATIO ${name} ${value.toFixed(2)}`);
  results[name] = value;
}

console.log(`${docks} docks …`);
const database = await startBenchDatabase(docks);
try {
  const [ours, open] = await Promise.all([
    connectAll(database.databaseUrl, CONNECTIONS),
    connectAll(database.openUrl, CONNECTIONS),
  ]);
  const { rows: [dock] } = await ours[0]!.query<{ id: number; version: number }>(
    "SELECT id::int, version FROM dock ORDER BY id LIMIT 1",
  );
  const water: Water = { firstDock: dock!.id, docks, guests: database.guests };
  const book = wayOfBook(dock!.version);
  const turn = (clients: readonly pg.Client[], way: Way) => () =>
    rate(pieces, CONNECTIONS, (hand) => way(clients[hand]!, rollWish(water)));

  const rates = await compare(turns, {
    ours: turn(ours, book),
    open: turn(open, book),
    interactive: turn(ours, bookInteractively),
    exclusion: turn(ours, insertExclusion),
    unconstrained: turn(ours, insertUnconstrained),
  });
  console.log("stays a second on 8 connections:", rates);
  results.rates = rates;
  ratio("booking.vs-open", rates.ours! / rates.open!);
  ratio("booking.vs-interactive", rates.ours! / rates.interactive!);
  ratio("booking.vs-bare-exclusion", rates.ours! / rates.exclusion!);
  ratio("booking.vs-bare-insert", rates.ours! / rates.unconstrained!);

  const crowd = await connectAll(database.databaseUrl, CROWD);
  const before = await deadlocks(ours[0]!);
  const rush = await measureRush(crowd, water, book, Number(values.rushes));
  const rushDeadlocks = await deadlocks(ours[0]!) - before;
  console.log(`a rush of ${CROWD} on one dock:`, rush, "deadlocks", rushDeadlocks);
  results.rush = { ...rush, deadlocks: rushDeadlocks };
  ratio("booking.rush.slowest-vs-alone", rush.ratio);
  ratio("booking.rush.deadlocks", rushDeadlocks);
  ratio("booking.rush.not-one-winner", rush.wrong);
  const peer = await measureRush(crowd, water, insertExclusion, 3);
  console.log("the same with bare inserts on an exclusion constraint:", peer);
  results.rushPeer = peer;
  for (const client of [...crowd, ...open, ...ours]) await client.end();

  const api = await measureApi(database, water, turns, Math.ceil(pieces / 2));
  console.log("through the API, stays a second:", api.rates, "a rush:", api.rush);
  results.api = api;
  ratio("booking.api.vs-bare-insert", api.rates.ours! / api.rates.bare!);
  ratio("booking.api.rush.slowest-vs-alone", api.rush.slowestMs / api.rush.aloneMs);

  const folder = new URL("../../.dokkerr/bench/", import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL("booking.json", folder), JSON.stringify(results, null, 2));
} finally {
  await database.stop();
}
process.exit(0);
