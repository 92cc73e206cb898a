import { mkdir, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import process from "node:process";
import { parseArgs } from "node:util";
import { openDatabase } from "./search/bench-stack.ts";
import { benchEngine } from "./search/engine-bench.ts";
import { benchHttp } from "./search/http-bench.ts";

// The search: its engine against a packed R-tree with rows of bits, its tiles against JSON, and the
// whole product through HTTP against servers that do nothing but answer and against Hono over
// Postgres with GiST. `--docks 20000,1000000` of the worlds behind HTTP, `--quick` for a look at it,
// `--fresh` for new data, `--only engine` or `--only http` for a half.

const { values } = parseArgs({
  options: {
    docks: { type: "string", default: "20000,1000000" },
    quick: { type: "boolean", default: false },
    fresh: { type: "boolean", default: false },
    only: { type: "string" },
  },
});
const sizes = values.docks.split(",").map(Number);
const today = Math.floor(Date.now() / 86_400_000);
const results: Record<string, unknown> = { sizes, loadAverage: loadavg() };
console.log("Load average before:", loadavg().map((load) => load.toFixed(2)).join(" "));

function ratio(name: string, value: number): void {
  console.log(`RATIO ${name} ${value.toFixed(3)}`);
  results[name] = value;
}

if (values.only !== "http") {
  const engine = values.quick
    ? { docks: 50_000, large: 0, turns: 7 }
    : { docks: 200_000, large: Math.max(...sizes), turns: 15 };
  results.engine = await benchEngine({ ...engine, today, ratio });
}
if (values.only !== "engine") {
  const course = values.quick
    ? { connections: [64], rounds: 3, ms: 400 }
    : { connections: [1, 16, 64], rounds: 5, ms: 600 };
  for (const docks of sizes) {
    const database = await openDatabase(docks, today, values.fresh);
    try {
      results[`http.${docks}`] = await benchHttp(database, docks, { today, ...course, ratio });
    } finally {
      await database.stop();
    }
  }
}
results.loadAverageAfter = loadavg();
console.log("Load average after:", loadavg().map((load) => load.toFixed(2)).join(" "));

const folder = new URL("../../.dokkerr/bench/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL("search.json", folder), JSON.stringify(results, null, 2));
process.exit(0);
