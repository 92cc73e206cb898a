import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Guardian, StopSignal } from "./guardian.ts";

export interface Exit {
  code: number | null;
  signal: string | null;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
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
  /** Appended with its output and errors. */
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
  const log = openSync(options.logFile, "a", 0o600);
  const process_ = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", log, log],
    ...(options.user ?? {}),
  });
  const exited = new Promise<Exit>((resolve) => {
    process_.once("exit", (code, signal) => resolve({ code, signal }));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      process_.once("spawn", resolve);
      process_.once("error", reject);
    });
  } finally {
    closeSync(log);
  }
  const pid = process_.pid;
  if (pid === undefined) throw new Error(`Cannot start ${name}: it has no pid`);
  const target = options.group ? -pid : pid;
  guardian.watch(target, stopSignal);
  void exited.then(() => guardian.release(target));

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
    // Its group may hold processes that ignored the request.
    if (options.group) signalIfAlive(target, "SIGKILL");
  }
  return { name, pid, exited, stop: () => (stopping ??= stop()) };
}

function signalIfAlive(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // Gone already, which is what was asked for.
  }
}
