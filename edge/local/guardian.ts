import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A signal that asks a child to stop cleanly. Postgres stops fast on INT; others on TERM. */
export type StopSignal = "INT" | "TERM";

export interface Guardian {
  readonly pid: number;
  /** `target` is a pid, or a negative pid for that process's whole group. */
  watch(target: number, signal: StopSignal): void;
  release(target: number): void;
  /** Ends the guardian; whatever is still watched is stopped by it. Resolves when it is gone. */
  close(): Promise<void>;
}

const script = fileURLToPath(new URL("./guardian.sh", import.meta.url));

/**
 * Starts the small process that outlives a `kill -9` of this one and then stops its children.
 * It runs in a session of its own, so that no terminal or group signal reaches it. It is a shell
 * script because it must start at once, cost next to nothing and run under Deno and Node alike.
 */
export async function startGuardian(): Promise<Guardian> {
  const process = spawn("/bin/sh", [script], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const gone = new Promise<void>((resolve) => process.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    process.once("spawn", resolve);
    process.once("error", reject);
  });
  const pid = process.pid;
  if (pid === undefined) throw new Error("Cannot start guardian: it has no pid");
  // A guardian killed by hand breaks the pipe; the stack then stops its children by itself.
  process.stdin.on("error", () => {});
  process.unref();
  return {
    pid,
    watch: (target, signal) => void process.stdin.write(`+ ${target} ${signal}\n`),
    release: (target) => void process.stdin.write(`- ${target} x\n`),
    close() {
      process.ref();
      process.stdin.end();
      return gone;
    },
  };
}
