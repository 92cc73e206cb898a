import { mkdir, writeFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import { plainText } from "../../shared/fold.ts";
import type { Position } from "../../shared/geo.ts";
import type { City } from "../docks/geonames.ts";
import { createPlaceIndex } from "../docks/place-index.ts";
import { readCities } from "../local/demo/read-cities.ts";
import { timeInTurns } from "./engine/timing.ts";

// Places as one types, held against a walk over all names, and each question against the 5 ms that
// it may take: at the edge the answer waits for nothing else. `--harbours N`, `--turns N`.

const { values } = parseArgs({
  options: {
    harbours: { type: "string", default: "4000" },
    turns: { type: "string", default: "9" },
  },
});
const GOAL_MS = 5;
const QUESTIONS = 400;
const FIRST = 8;
const results: Record<string, unknown> = { ...values };

function ratio(name: string, value: number): void {
  console.log(`RATIO ${name} ${value.toFixed(2)}`);
  results[name] = value;
}

/** The same numbers in every run (Park and Miller's generator). */
let state = 1;
function roll(below: number): number {
  state = (state * 48_271) % 2_147_483_647;
  return state % below;
}

const cities = await readCities(({ population }) => population >= 5_000);
const step = Math.max(1, Math.floor(cities.length / Number(values.harbours)));
const harbours = cities.filter((_, i) => i % step === 0).map((city, i) => ({
  ...city,
  place: city.name,
  docks: i % 300,
}));
const index = createPlaceIndex({ harbours, cities });
const names = [...harbours, ...cities].map((place) => ({ place, plain: plainText(place.name) }));
console.log(`${names.length.toLocaleString("en")} names`);

interface Question {
  text: string;
  near: Position;
}

function ask(write: (city: City) => string): Question[] {
  return Array.from({ length: QUESTIONS }, () => ({
    text: write(cities[roll(cities.length)]!),
    near: cities[roll(cities.length)]!,
  }));
}

function withError(name: string): string {
  const at = 1 + roll(Math.max(1, name.length - 1));
  return `${name.slice(0, at)}x${name.slice(at + 1)}`;
}

const questions = {
  "one-letter": ask(({ name }) => name.slice(0, 1)),
  "three-letters": ask(({ name }) => name.slice(0, 3)),
  "whole": ask(({ name }) => name),
  "with-where": ask(({ name, country }) => `${name} ${country}`),
  "typo": ask(({ name }) => withError(name)),
  "nothing": ask(({ name }) => Array.from(`${name}qxzwk`).reverse().join("")),
};

/** What a table without an index does: every name that begins so, the largest of them. */
function scan({ text }: Question): number {
  const plain = plainText(text);
  return names.filter((name) => name.plain.startsWith(plain))
    .sort((a, b) => b.plain.length - a.plain.length).slice(0, FIRST).length;
}

for (const [kind, asked] of Object.entries(questions)) {
  const [ours = NaN, scanned = NaN] = timeInTurns(Number(values.turns), asked.length, [
    () => asked.forEach(({ text, near }) => index.search(text, { near, limit: FIRST })),
    () => asked.slice(0, asked.length / 10).forEach(scan),
  ]);
  const times = asked.map(({ text, near }) => {
    const start = performance.now();
    index.search(text, { near, limit: FIRST });
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const p99 = times[Math.ceil(times.length * 0.99) - 1]!;
  console.log(`${kind}: ${ours.toFixed(0)} µs each, p99 ${p99.toFixed(2)} ms`);
  ratio(`places.${kind}.p99-of-5ms`, p99 / GOAL_MS);
  // A tenth of the questions is asked of the walk, and each counts as ten.
  ratio(`places.${kind}.faster-than-scan`, (scanned * 10) / ours);
}

const folder = new URL("../../.dokkerr/bench/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(
  new URL("places.json", folder),
  `${JSON.stringify({ ...results, runtime: process.version }, null, 2)}\n`,
);
