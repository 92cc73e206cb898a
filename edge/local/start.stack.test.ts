import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { freePort, isPortTaken } from "./ports.ts";
import { findProcess, isGroupRunning } from "./processes.ts";

// The real command, as a person types it: `npm start`, with few docks.
const root = fileURLToPath(new URL("../../", import.meta.url));
const json = { "content-type": "application/json" };

interface Run {
  npm: ChildProcess;
  output(): string;
  /** Resolves with what `npm` ended with. */
  ended: Promise<number | string | null>;
  says(words: RegExp): Promise<void>;
}

// Each starts the whole product, some of them three times.
vi.setConfig({ testTimeout: 240_000 });

let dataDir: string;
let ports: { web: number; rooms: number };
let runs: Run[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "dokkerr-start-"));
  ports = { web: await freePort(), rooms: await freePort() };
  runs = [];
});

afterEach(async () => {
  // npm ends at the signal; what it started stops in its own time, Postgres last.
  const claim = await readClaim().catch(() => undefined);
  for (const { npm, ended } of runs) {
    if (npm.exitCode === null && npm.signalCode === null) signalGroup(npm, "SIGTERM");
    await ended;
  }
  await expectNothingLeft(claim);
  await rm(dataDir, { recursive: true, force: true });
});

const flags = (more: string[] = []) => [
  `--data=${dataDir}`,
  `--port=${ports.web}`,
  `--realtime-port=${ports.rooms}`,
  "--docks=200",
  ...more,
];

function start(args = flags(), env: Record<string, string> = {}): Run {
  const npm = spawn("npm", ["start", "--silent", "--", ...args], {
    cwd: root,
    // A group of its own, as a shell with job control makes it: Ctrl-C goes to all of it.
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [npm.stdout, npm.stderr]) {
    stream?.on("data", (chunk: Buffer) => output += chunk.toString());
  }
  const ended = new Promise<number | string | null>((resolve) => {
    npm.once("close", (code, signal) => resolve(signal ?? code));
  });
  const run: Run = {
    npm,
    ended,
    output: () => output,
    async says(words) {
      let hasEnded = false;
      void ended.then(() => hasEnded = true);
      await vi.waitUntil(() => hasEnded || words.test(output), { timeout: 90_000, interval: 50 });
      expect(output).toMatch(words);
    },
  };
  runs.push(run);
  return run;
}

async function ready(args?: string[], env?: Record<string, string>): Promise<Run> {
  const run = start(args, env);
  await run.says(/is ready/);
  return run;
}

function signalGroup(npm: ChildProcess, signal: NodeJS.Signals): void {
  process.kill(-(npm.pid ?? 0), signal);
}

interface Claim {
  pid: number;
  guardian: { pid: number };
  children: { pid: number; target: number }[];
}

const readClaim = async () =>
  JSON.parse(await readFile(join(dataDir, "stack.json"), "utf8")) as Claim;

async function expectNothingLeft(claim?: Claim): Promise<void> {
  await vi.waitFor(async () => {
    for (const { pid } of claim ? [claim, claim.guardian, ...claim.children] : []) {
      expect(findProcess(pid)).toBeUndefined();
      expect(isGroupRunning(pid)).toBe(false);
    }
    expect(await isPortTaken(ports.web)).toBe(false);
    expect(await isPortTaken(ports.rooms)).toBe(false);
  }, { timeout: 10_000, interval: 50 });
}

const url = (path: string) => `http://127.0.0.1:${ports.web}${path}`;
const expectReady = () =>
  vi.waitFor(async () => {
    expect(await (await fetch(url("/readyz"))).json()).toMatchObject({
      status: "ready",
      parts: { database: "up", hub: "up" },
    });
  }, { timeout: 20_000 });
const signIn = (email: string) =>
  fetch(url("/api/auth/sign-in/email"), {
    method: "POST",
    headers: json,
    body: JSON.stringify({ email, password: "dokkerr-demo" }),
  });

test("npm start serves web, API, rooms and demo; Ctrl-C stops all; the next start has it all", async () => {
  const first = await ready();
  for (const words of ["Postgres answers", "The rooms answer", "guest@dokkerr.test"]) {
    expect(first.output()).toContain(words);
  }
  expect(await (await fetch(url("/"))).text()).toContain("<script");
  await expectReady();
  expect((await signIn("guest@dokkerr.test")).status).toBe(200);
  const signUp = await fetch(url("/api/auth/sign-up/email"), {
    method: "POST",
    headers: json,
    body: JSON.stringify({
      email: "new@example.com",
      password: "dokkerr-demo",
      name: "New Person",
    }),
  });
  expect(signUp.status).toBe(200);

  const claim = await readClaim();
  signalGroup(first.npm, "SIGINT");
  await first.ended;
  await expectNothingLeft(claim);
  expect(first.output()).toContain("Stopping…");

  const second = await ready();
  expect(second.output()).toContain("The database is up to date");
  expect((await signIn("new@example.com")).status).toBe(200);
});

test("a kill -9 of the stack, and of npm, leaves nothing; --fresh begins anew", async () => {
  await ready();
  const first = await readClaim();
  process.kill(first.pid, "SIGKILL");
  await expectNothingLeft(first);

  const second = await ready();
  expect((await signIn("guest@dokkerr.test")).status).toBe(200);
  const claim = await readClaim();
  second.npm.kill("SIGKILL");
  await expectNothingLeft(claim);

  const secrets = await readFile(join(dataDir, "secrets.json"), "utf8");
  const third = await ready(flags(["--fresh"]));
  expect(third.output()).toContain("Applied");
  expect(await readFile(join(dataDir, "secrets.json"), "utf8")).not.toBe(secrets);
});

test("a part that is killed comes back, and with it what was kept", async () => {
  const run = await ready();
  const { children } = await readClaim();
  for (const { pid } of children) process.kill(pid, "SIGKILL");
  for (const name of ["Postgres", "The room runtime", "The edge"]) {
    await run.says(new RegExp(`${name} is back`));
  }
  await expectReady();
  expect((await signIn("guest@dokkerr.test")).status).toBe(200);
});

test("a folder in use and a taken port are each one sentence, and the first goes on", async () => {
  await ready();
  const sameFolder = start();
  expect(await sameFolder.ended).toBe(1);
  expect(sameFolder.output().trim()).toMatch(/^Cannot start: .* is in use by process \d+; .*\.$/);
  const other = await mkdtemp(join(tmpdir(), "dokkerr-other-"));
  const samePort = start([`--data=${other}`, `--port=${ports.web}`, "--realtime-port=1"]);
  expect(await samePort.ended).toBe(1);
  expect(samePort.output().trim()).toBe(
    `Cannot start: port ${ports.web} is taken by another program; stop it, or choose another ` +
      "with --port.",
  );
  await rm(other, { recursive: true });
  expect((await fetch(url("/healthz"))).status).toBe(200);
});

test("bad flags, half-set and unusable variables are each one sentence", async () => {
  const sentences: [string[], Record<string, string>, number, RegExp][] = [
    [["--colour"], {}, 2, /^Cannot start: npm start has no option "--colour"; .*\.$/],
    [flags(), { S3_BUCKET: "b" }, 1, /^Cannot start: S3_BUCKET is set but S3_ENDPOINT is not\.$/],
    [
      flags(),
      {
        DATABASE_URL: `postgres://u:p@127.0.0.1:${ports.web}/db`,
        AUTH_SECRET: "a".repeat(32),
        REALTIME_SECRET: "b".repeat(32),
      },
      1,
      /^Cannot reach the database that DATABASE_URL names: .*\.$/m,
    ],
  ];
  for (const [args, env, code, sentence] of sentences) {
    const run = start(args, env);
    expect(await run.ended).toBe(code);
    expect(run.output().trim()).toMatch(sentence);
  }
});

test("without a redis-server it says so and runs on memory", async () => {
  const bin = join(dataDir, "bin");
  await mkdir(bin);
  for (const name of ["npm", "node", "sh", "id", "sleep"]) {
    await symlink(await findOnPath(name), join(bin, name));
  }
  const run = await ready(flags(), { PATH: bin });
  expect(run.output()).toContain("No redis-server on the PATH: running without a shared cache");
  await expectReady();
});

test.runIf(process.getuid?.() === 0)(
  "root is told when Postgres's user cannot enter the folder",
  async () => {
    await chmod(dataDir, 0o700);
    const run = start([`--data=${join(dataDir, "inside")}`, "--port=1", "--realtime-port=2"]);
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/^Cannot start Postgres: .* cannot enter .*inside; .*--data /m);
  },
);

async function findOnPath(name: string): Promise<string> {
  for (const folder of (process.env.PATH ?? "").split(":")) {
    const path = join(folder, name);
    if (await readFile(path).then(() => true, () => false)) return path;
  }
  throw new Error(`${name} is not on the PATH`);
}
