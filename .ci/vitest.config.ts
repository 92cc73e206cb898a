import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import type { TestProjectInlineConfiguration } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const chromium = findChromium();

if (chromium === undefined) {
  const sentence = "Cannot run web/e2e: no Chromium on PATH, nor named by CHROMIUM";
  if (process.env.DOKKERR_REQUIRE_BROWSER === "1") throw new Error(sentence);
  console.log(`${sentence}. The browser tests are left out.\n`);
}

// One group after the other: the stack's and the browser's tests have the machine to themselves.
const unit = project(0, {
  name: "unit",
  include: ["{shared,edge,realtime,web}/**/*.test.{ts,tsx}"],
  exclude: ["**/node_modules/**", "web/dist/**", "**/*.stack.test.ts"],
  maxWorkers: 2,
  testTimeout: 20_000,
});

const stack = project(1, {
  name: "stack",
  include: ["{shared,edge,realtime,web}/**/*.stack.test.ts"],
  globalSetup: ["edge/local/testing.ts"],
  fileParallelism: false,
  testTimeout: 60_000,
  hookTimeout: 120_000,
});

// Only `npm run soak` asks for these.
const soak = project(3, {
  name: "soak",
  include: ["{edge,realtime,web}/**/*.soak.ts"],
  globalSetup: ["edge/local/testing.ts"],
  fileParallelism: false,
  hookTimeout: 120_000,
});

const browser = project(2, {
  name: "e2e",
  include: ["web/e2e/**/*.e2e.ts"],
  globalSetup: ["web/e2e/setup.ts"],
  env: { CHROMIUM: chromium ?? "" },
  fileParallelism: false,
  testTimeout: 180_000,
  hookTimeout: 180_000,
});

export default defineConfig({
  test: {
    passWithNoTests: true,
    retry: 0,
    projects: process.env.DOKKERR_SOAK === "1"
      ? [soak]
      : chromium === undefined
      ? [unit, stack]
      : [unit, stack, browser],
  },
});

function project(
  groupOrder: number,
  test: NonNullable<TestProjectInlineConfiguration["test"]>,
): TestProjectInlineConfiguration {
  return {
    root,
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    test: { ...test, root, environment: "node", sequence: { groupOrder } },
  };
}

function findChromium(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
  ];
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  candidates.push("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
