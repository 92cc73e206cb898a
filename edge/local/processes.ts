import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A process as of now. `startedAt` tells it from a later one that was given the same pid. */
export interface ProcessFacts {
  pid: number;
  parentPid: number;
  startedAt: string;
  command: string;
}

const hasProc = existsSync("/proc/self/stat");

/** The facts of a process that runs; undefined for none, and for one that only waits to be reaped. */
export function findProcess(pid: number): ProcessFacts | undefined {
  return hasProc ? fromProc(pid) : fromPs(pid);
}

/** Whether exactly that process still runs. */
export function isRunning(process: { pid: number; startedAt: string }): boolean {
  return findProcess(process.pid)?.startedAt === process.startedAt;
}

/** Whether any process of a group still runs; the number is its leader's pid, which may be gone. */
export function isGroupRunning(group: number): boolean {
  if (!hasProc) return canSignal(-group);
  // A signal would also reach those that only wait to be reaped.
  return canSignal(-group) && readdirSync("/proc").some((name) => {
    const fields = /^\d+$/.test(name) ? readStat(name) : undefined;
    return fields !== undefined && fields.group === group && !fields.isGone;
  });
}

function canSignal(target: number): boolean {
  try {
    process.kill(target, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Sends a signal to a pid or a group (negative); one that is gone needs none. */
export function signalIfAlive(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // Gone already, which is what was asked for.
  }
}

function fromProc(pid: number): ProcessFacts | undefined {
  const stat = readStat(String(pid));
  if (!stat || stat.isGone) return undefined;
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { pid, parentPid: stat.parentPid, startedAt: stat.startedAt, command };
  } catch {
    return undefined;
  }
}

/** The fields of /proc/PID/stat that matter here (proc(5)), after the name, which may hold spaces. */
function readStat(pid: string) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return {
      isGone: /[ZX]/.test(fields[0] ?? ""),
      parentPid: Number(fields[1]),
      group: Number(fields[2]),
      startedAt: fields[19] ?? "",
    };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): ProcessFacts | undefined {
  const fields = ["stat", "ppid", "lstart", "command"].flatMap((name) => ["-o", `${name}=`]);
  const { stdout, status } = spawnSync("ps", [...fields, "-p", String(pid)], { encoding: "utf8" });
  const match = /^(\S+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/m.exec(stdout.trim());
  if (status !== 0 || !match || match[1]?.startsWith("Z")) return undefined;
  return {
    pid,
    parentPid: Number(match[2]),
    startedAt: match[3] ?? "",
    command: match[4] ?? "",
  };
}
