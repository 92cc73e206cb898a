import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Guardian, StopSignal } from "./guardian.ts";
import { isGroupRunning, signalIfAlive } from "./processes.ts";

export interface Exit {
  code: number | null;
  signal: string | null;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves when it, and with `group` all that it started, is gone. */
  readonly exited: Promise<Exit>;
  /** Asks it to stop, insists after `graceMs`, resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  name: string;
  command: string;
  args: string[];
  /** The whole environment: nothing is inherited. */
  env: Record<string, string>;
  cwd?: string;
  /** Another user to run as; needs root. */
  user?: { uid: number; gid: number } | undefined;
  /** Appended with its output and errors; `inherit` shows them instead. */
  logFile: string;
  stopSignal: StopSignal;
  /** Signal its whole group, for a program that starts processes which do not follow it down. */
  group: boolean;
  graceMs?: number;
  guardian: Guardian;
}

/** Starts one part of the stack as a process in its own session, watched by the guardian. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, guardian, stopSignal, graceMs = 5000 } = options;
  const log = options.logFile === "inherit" ? undefined : openSync(options.logFile, "a", 0o600);
  const process_ = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", log ?? "inherit", log ?? "inherit"],
    ...options.user,
  });
  const ended = new Promise<Exit>((resolve) => {
    process_.once("exit", (code, signal) => resolve({ code, signal }));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      process_.once("spawn", resolve);
      process_.once("error", reject);
    });
  } finally {
    if (log !== undefined) closeSync(log);
  }
  const pid = process_.pid;
  if (pid === undefined) throw new Error(`Cannot start ${name}: it has no pid`);
  const target = options.group ? -pid : pid;
  guardian.watch(target, stopSignal);
  const exited = ended.then(async (exit) => {
    if (options.group) await endGroup(pid);
    guardian.release(target);
    return exit;
  });

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    signalIfAlive(target, `SIG${stopSignal}`);
    const insist = setTimeout(() => {
      signalIfAlive(target, stopSignal === "INT" ? "SIGQUIT" : "SIGKILL");
    }, graceMs);
    const force = setTimeout(() => signalIfAlive(target, "SIGKILL"), graceMs + 2000);
    await exited;
    clearTimeout(insist);
    clearTimeout(force);
  }
  return { name, pid, exited, stop: () => (stopping ??= stop()) };
}

/** What it started may have outlived it, and would still hold its port. */
async function endGroup(group: number): Promise<void> {
  signalIfAlive(-group, "SIGKILL");
  for (let tries = 0; tries < 100 && isGroupRunning(group); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
