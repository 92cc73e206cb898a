import { renameSync, writeFileSync } from "node:fs";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Guardian, StopSignal } from "./guardian.ts";
import { findProcess, isGroupRunning, isRunning, signalIfAlive } from "./processes.ts";
import { StartProblem } from "./start-problem.ts";

const KnownProcess = z.object({ pid: z.number(), startedAt: z.string() });
const ClaimFile = z.object({
  ...KnownProcess.shape,
  guardian: z.optional(KnownProcess),
  children: z.array(
    z.object({ ...KnownProcess.shape, target: z.number(), signal: z.enum(["INT", "TERM"]) }),
  ),
});
type ClaimFile = z.infer<typeof ClaimFile>;

export interface FolderClaim {
  /** The same guardian; what it watches is also written down, for the start after next. */
  record(guardian: Guardian): Guardian;
  release(): Promise<void>;
}

/**
 * Makes this process the only stack on a data folder. A claim whose process is gone is stale: what
 * it left running is stopped first, by its guardian or, where that was killed too, here.
 *
 * @throws {StartProblem} another stack runs on the folder.
 */
export async function claimFolder(
  dataDir: string,
  log: (line: string) => void,
): Promise<FolderClaim> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, "stack.json");
  const self = findProcess(process.pid);
  const claim: ClaimFile = {
    pid: process.pid,
    startedAt: self?.startedAt ?? "",
    children: [],
  };
  const write = () => {
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(claim), { mode: 0o600 });
    renameSync(unfinished, path);
  };
  await takeOver(path, dataDir, log);
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, JSON.stringify(claim), { mode: 0o600 });
  try {
    // Unlike a rename, a link fails where another start was quicker.
    await link(unfinished, path);
  } catch {
    throw inUse(dataDir);
  } finally {
    await rm(unfinished, { force: true });
  }
  return {
    record(guardian) {
      const facts = findProcess(guardian.pid);
      if (facts) claim.guardian = { pid: facts.pid, startedAt: facts.startedAt };
      write();
      return {
        pid: guardian.pid,
        watch(target: number, signal: StopSignal) {
          guardian.watch(target, signal);
          const child = findProcess(Math.abs(target));
          if (!child) return;
          claim.children.push({ pid: child.pid, startedAt: child.startedAt, target, signal });
          write();
        },
        release(target: number) {
          guardian.release(target);
          claim.children = claim.children.filter((child) => child.target !== target);
          write();
        },
        close: () => guardian.close(),
      };
    },
    release: () => rm(path, { force: true }),
  };
}

async function takeOver(path: string, dataDir: string, log: (line: string) => void): Promise<void> {
  const stale = await readClaim(path);
  if (!stale) return;
  if (isRunning(stale)) throw inUse(dataDir, stale.pid);
  const { guardian } = stale;
  const left = () => stale.children.filter(isLeft);
  if (left().length > 0) log("Waiting for the parts of a killed start to stop.");
  // The guardian knows best; only when it is gone too are they stopped from here.
  await until(() => left().length === 0 || !guardian || !isRunning(guardian), 15_000);
  for (const { target, signal } of left()) signalIfAlive(target, `SIG${signal}`);
  await until(() => left().length === 0, 5000);
  for (const { target } of left()) signalIfAlive(target, "SIGKILL");
  await until(() => left().length === 0, 2000);
  // Unless another start took it over meanwhile.
  if ((await readClaim(path))?.pid === stale.pid) await rm(path, { force: true });
}

/** Whether it runs, or others of its group do after it ended. */
function isLeft(child: ClaimFile["children"][number]): boolean {
  if (isRunning(child)) return true;
  // Where its pid has another owner the group is empty: a group's number is not given away.
  return child.target < 0 && !findProcess(child.pid) && isGroupRunning(child.pid);
}

async function readClaim(path: string): Promise<ClaimFile | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return ClaimFile.parse(JSON.parse(text));
  } catch {
    // Nobody but a stack writes it, and only whole: it was tampered with, and names nobody.
    await rm(path, { force: true });
    return undefined;
  }
}

function inUse(dataDir: string, pid?: number): StartProblem {
  const who = pid === undefined ? "another start" : `process ${pid}`;
  return new StartProblem(
    `Cannot start: ${dataDir} is in use by ${who}; stop it, or start on another folder with --data.`,
  );
}

async function until(condition: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition() && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
