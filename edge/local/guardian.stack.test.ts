import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { denoPath } from "./deno-path.ts";
import { startGuardian } from "./guardian.ts";
import { isPortTaken } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { findProcess, isGroupRunning } from "./processes.ts";

// A stack in miniature: Postgres, and the room runtime with the processes below it.
const parent = (local: string, dataDir: string) => `
import { startGuardian } from "${local}/guardian.ts";
import { claimFolder } from "${local}/folder-claim.ts";
import { startPostgres } from "${local}/postgres.ts";
import { startRooms } from "${local}/rooms.ts";
const dataDir = ${JSON.stringify(dataDir)};
const claim = await claimFolder(dataDir, () => {});
const guardian = claim.record(await startGuardian());
const log = () => {};
const postgres = await startPostgres({ dataDir, password: "p".repeat(32), guardian, log });
const rooms = await startRooms({
  dataDir, guardian, vars: {}, partykitJsonPath: dataDir + "/realtime/partykit.json",
});
console.log(JSON.stringify({
  guardian: guardian.pid,
  rooms: rooms.pid,
  ports: [postgres.port, rooms.port],
  databaseUrl: postgres.databaseUrl,
}));
setInterval(() => {}, 1000);`;

interface Started {
  guardian: number;
  rooms: number;
  ports: number[];
  databaseUrl: string;
}

const local = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");
let dataDir: string;
let stack: ChildProcess;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "dokkerr-guardian-"));
  await mkdir(join(dataDir, "realtime"));
  await writeFile(join(dataDir, "realtime/echo.js"), "export default class { onRequest() {} }");
  await writeFile(join(dataDir, "realtime/partykit.json"), JSON.stringify({ main: "echo.js" }));
  await writeFile(join(dataDir, "parent.ts"), parent(local, dataDir));
});

afterEach(async () => {
  stack.kill("SIGKILL");
  await rm(dataDir, { recursive: true, force: true });
});

function start(): Promise<Started> {
  const config = join(local, "../../deno.json");
  stack = spawn(denoPath(), ["run", "-A", "--config", config, join(dataDir, "parent.ts")], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let complaint = "";
    stack.stderr?.on("data", (chunk: Buffer) => complaint += chunk.toString());
    stack.once("close", () => reject(new Error(complaint)));
    if (stack.stdout) {
      createInterface(stack.stdout).once("line", (line) => resolve(JSON.parse(line) as Started));
    }
  });
}

async function expectNothingLeft(started: Started): Promise<void> {
  await vi.waitFor(async () => {
    expect(findProcess(started.guardian)).toBeUndefined();
    expect(isGroupRunning(started.rooms)).toBe(false);
    for (const port of started.ports) expect(await isPortTaken(port)).toBe(false);
  }, { timeout: 10_000, interval: 50 });
}

/** Commits a row, and leaves another transaction open for the kill to meet. */
async function write(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  client.on("error", () => {});
  await client.connect();
  await client.query("CREATE TABLE IF NOT EXISTS kept (id int)");
  await client.query("INSERT INTO kept VALUES (1)");
  await client.query("BEGIN; INSERT INTO kept VALUES (2)");
}

async function expectKept(): Promise<void> {
  const guardian = await startGuardian();
  const password = "p".repeat(32);
  const postgres = await startPostgres({ dataDir, password, guardian, log: () => {} });
  const client = new pg.Client(postgres.databaseUrl);
  await client.connect();
  const { rows } = await client.query("SELECT id FROM kept");
  await client.end();
  await postgres.stop();
  await guardian.close();
  expect(rows).toEqual([{ id: 1 }]);
}

test("a killed stack leaves no process, no port, and every committed row", async () => {
  const started = await start();
  await write(started.databaseUrl);
  process.kill(stack.pid ?? 0, "SIGKILL");
  await expectNothingLeft(started);
  await expectKept();
});

test("a kill of its whole group does not reach the guardian", async () => {
  const started = await start();
  process.kill(-(stack.pid ?? 0), "SIGKILL");
  await expectNothingLeft(started);
});

test("where the guardian was killed too, the next start stops what is left", async () => {
  const started = await start();
  await write(started.databaseUrl);
  process.kill(started.guardian, "SIGKILL");
  process.kill(stack.pid ?? 0, "SIGKILL");
  await vi.waitFor(() => expect(findProcess(stack.pid ?? 0)).toBeUndefined());
  expect(isGroupRunning(started.rooms)).toBe(true);
  const again = await start();
  expect(isGroupRunning(started.rooms)).toBe(false);
  process.kill(stack.pid ?? 0, "SIGKILL");
  await expectNothingLeft(again);
  await expectKept();
});

test("a second stack on the same folder is refused", async () => {
  const started = await start();
  const first = stack;
  await expect(start()).rejects.toThrow(/is in use by process \d+/);
  stack = first;
  expect(await isPortTaken(started.ports[0] ?? 0)).toBe(true);
  process.kill(stack.pid ?? 0, "SIGKILL");
  await expectNothingLeft(started);
});
