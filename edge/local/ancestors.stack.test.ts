import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findNpmAncestors } from "./ancestors.ts";
import { denoPath } from "./deno-path.ts";
import { findProcess } from "./processes.ts";

const local = fileURLToPath(new URL(".", import.meta.url));
const child = `
import { findNpmAncestors, watchAncestors } from "${local}ancestors.ts";
const ancestors = findNpmAncestors(process.env);
watchAncestors(ancestors, () => process.exit(0));
console.log(JSON.stringify({ pid: process.pid, ancestors: ancestors.map(({ pid }) => pid) }));
setInterval(() => {}, 1000);`;

let folder: string;
let npm: ChildProcess;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dokkerr-npm-"));
  const command = `${denoPath()} run -A --config ${local}../../deno.json child.ts && true`;
  await writeFile(join(folder, "child.ts"), child);
  await writeFile(join(folder, "package.json"), JSON.stringify({ scripts: { start: command } }));
});

afterEach(async () => {
  npm.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

function start(): Promise<{ pid: number; ancestors: number[] }> {
  npm = spawn("npm", ["start", "--silent"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    npm.once("error", reject);
    if (!npm.stdout) return;
    createInterface(npm.stdout).once("line", (line) => {
      resolve(JSON.parse(line) as { pid: number; ancestors: number[] });
    });
  });
}

const expectGone = (pid: number) =>
  vi.waitFor(() => expect(findProcess(pid)).toBeUndefined(), { timeout: 5000, interval: 50 });

test("a process under npm ends when npm is killed", async () => {
  const { pid, ancestors } = await start();
  expect(ancestors.at(-1)).toBe(npm.pid);
  npm.kill("SIGKILL");
  await expectGone(pid);
});

test("a process under npm ends when npm's shell is killed", async () => {
  const { pid, ancestors } = await start();
  expect(ancestors.length).toBeGreaterThan(1);
  process.kill(ancestors[0] ?? 0, "SIGKILL");
  await expectGone(pid);
});

test("findNpmAncestors names nobody where npm did not start us", () => {
  expect(findNpmAncestors({})).toEqual([]);
});
