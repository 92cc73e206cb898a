import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Load, LoadCommand, LoadResult, Pool } from "./load-messages.ts";

/** What a load came to, with what it cost the server. */
export interface Measured extends LoadResult {
  perSecond: number;
  /** Of the server's own process; NaN where the system does not tell. */
  serverCpuUs: number;
  /** Share of a core that the server's process used. */
  serverBusy: number;
}

/** The process that makes the load. */
export interface LoadProcess {
  keep(pool: Pool): void;
  run(load: Load, serverPid: number): Promise<Measured>;
  stop(): Promise<void>;
}

export async function startLoadProcess(): Promise<LoadProcess> {
  const folder = await mkdtemp(join(tmpdir(), "dokkerr-load-"));
  const script = join(folder, "load-client.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./load-client.ts", import.meta.url))],
    outfile: script,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "silent",
  });
  const child = spawn(process.env.npm_node_execpath ?? "node", [script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = linesOf(child);
  const send = (command: LoadCommand) => void child.stdin!.write(`${JSON.stringify(command)}\n`);
  return {
    keep: send,
    async run(load, serverPid) {
      send(load);
      let cpuMs = NaN;
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error("Cannot load: the client has ended");
        const said = JSON.parse(value) as { mark?: string; result?: LoadResult };
        if (said.mark === "begin") cpuMs = await readCpuMs(serverPid);
        if (said.mark === "end") cpuMs = await readCpuMs(serverPid) - cpuMs;
        if (!said.result) continue;
        const { requests, ms, failed } = said.result;
        if (failed > 0) throw new Error(`Cannot count this load: ${failed} requests failed`);
        return {
          ...said.result,
          perSecond: (requests * 1_000) / ms,
          serverCpuUs: (cpuMs * 1_000) / requests,
          serverBusy: cpuMs / ms,
        };
      }
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function linesOf(child: ChildProcess): AsyncIterator<string> {
  return createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
}

/** Processor time of a process in ms, as Linux tells it in hundredths of a second. */
export async function readCpuMs(pid: number): Promise<number> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return NaN;
  }
}

/** Memory of a process in bytes, as far as the system tells it. */
export async function readMemory(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024;
  } catch {
    return NaN;
  }
}
