import { median } from "../engine/timing.ts";
import type { LoadProcess, Measured } from "./load-process.ts";

/** A server under load. */
export interface Contender {
  name: string;
  port: number;
  pid: number;
  /** What it is asked. */
  pool: string;
  isFresh: boolean;
}

export interface Course {
  connections: number;
  rounds: number;
  ms: number;
}

/** Medians of a contender's loads. */
export interface Standing {
  perSecond: number;
  serverCpuUs: number;
  serverBusy: number;
  clientBusy: number;
  p50Ms: number;
  p99Ms: number;
  bytes: number;
}

/** Loads some servers in turns, A B C A B C, and says for each what its median load came to. */
export async function loadInTurns(
  client: LoadProcess,
  contenders: readonly Contender[],
  { connections, rounds, ms }: Course,
): Promise<Record<string, Standing>> {
  const loads = contenders.map((): Measured[] => []);
  // The first round is for compilers and caches.
  for (let round = -1; round < rounds; round++) {
    for (const [i, { port, pid, pool, isFresh }] of contenders.entries()) {
      const load = { port, pool, isFresh, connections, warmMs: ms / 4, ms };
      const measured = await client.run(load, pid);
      if (round >= 0) loads[i]!.push(measured);
    }
  }
  return Object.fromEntries(contenders.map(({ name }, i) => [name, toStanding(loads[i]!)]));
}

function toStanding(loads: readonly Measured[]): Standing {
  const of = (value: (one: Measured) => number) => median(loads.map(value));
  return {
    perSecond: of(({ perSecond }) => perSecond),
    serverCpuUs: of(({ serverCpuUs }) => serverCpuUs),
    serverBusy: of(({ serverBusy }) => serverBusy),
    clientBusy: of(({ busy }) => busy),
    p50Ms: of(({ p50Ms }) => p50Ms),
    p99Ms: of(({ p99Ms }) => p99Ms),
    bytes: of(({ bytes, requests }) => bytes / requests),
  };
}

/** A line for people. */
export function standingToText(name: string, standing: Standing): string {
  const { perSecond, serverCpuUs, serverBusy, clientBusy, p50Ms, p99Ms, bytes } = standing;
  return `  ${name.padEnd(22)} ${perSecond.toFixed(0).padStart(7)}/s  ${
    serverCpuUs.toFixed(1).padStart(7)
  } µs of its core (${(serverBusy * 100).toFixed(0)} % busy, client ${
    (clientBusy * 100).toFixed(0)
  } %)  p50 ${p50Ms.toFixed(2)} ms  p99 ${p99Ms.toFixed(2)} ms  ${(bytes / 1000).toFixed(1)} KB`;
}
