import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startStack } from "../../edge/local/stack.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the whole product answers, with demo data. */
    productUrl: string;
  }
}

/** Vitest's global setup of the browser tests: the whole product, as `npm start` starts it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "dokkerr-e2e-"));
  const lines: string[] = [];
  const stack = await startStack({
    dataDir,
    port: 0,
    realtimePort: 0,
    env: {},
    docks: 3_000,
    log: (line) => lines.push(line),
    onGiveUp: (sentence) => console.error(sentence),
  }).catch(async (error: unknown) => {
    console.error(lines.join("\n"));
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  project.provide("productUrl", stack.urls.public);
  return async () => {
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
