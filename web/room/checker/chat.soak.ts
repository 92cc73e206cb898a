import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProductStage, stageProduct } from "../../../edge/local/product-stage.ts";
import { runStorm } from "./chat-storm.ts";

/** Entries that are checked in all, in storms of other weather each. */
const ENTRIES = Number(process.env.SOAK_ENTRIES ?? 100_000);
const THREADS = 20;
const MESSAGES = 150;

let stage: ProductStage;

beforeAll(async () => {
  stage = await stageProduct({ MESSAGE_BURST: "1000000", MESSAGE_RATE: "1000000" });
});

afterAll(() => stage.stop());

test(`${ENTRIES} entries of chat through storms`, async () => {
  const { secret } = stage;
  let entries = 0;
  for (let seed = Number(process.env.SOAK_SEED ?? 1); entries < ENTRIES; seed++) {
    const storm = { stage, secret, threads: THREADS, messages: MESSAGES, seed, breaks: 20 };
    const startedAt = Date.now();
    const report = await runStorm(storm);
    entries += report.entries;
    const seconds = ((Date.now() - startedAt) / 1_000).toFixed(0);
    console.log(`seed ${seed}: ${report.entries} entries in ${seconds} s,`, report.broke);
    expect(report.faults).toEqual([]);
  }
  console.log(`SOAK chat ${entries} entries, 0 faults`);
}, 3_600_000);
