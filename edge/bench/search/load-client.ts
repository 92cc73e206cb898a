import { connect, type Socket } from "node:net";
import process from "node:process";
import { createInterface } from "node:readline";
import type { Load, LoadCommand, LoadResult } from "./load-messages.ts";

// A process of its own that asks over bare sockets, one request after the other on each: what it
// spends on a request must be less than what any server does. Bundled, it runs on Node, whose
// sockets cost half of Deno's.

const HEAD_END = Buffer.from("\r\n\r\n");
const LENGTH = Buffer.from("ontent-length: ");
/** Latencies kept of one load; more are left out. */
const MOST_TIMES = 400_000;

/** Answers that a load counts at least, unless it takes so many times as long. */
const LEAST = 32;
const MOST_LONGER = 30;

const pools = new Map<string, string[]>();
/** Counts on over all loads, so that no address is asked for twice. */
let asked = 0;

interface Tally {
  count: number;
  bytes: number;
  failed: number;
  times: Float64Array;
  isStopped: boolean;
}

/** The requests of a pool; those of `fresh` loads have a number in place of their `{n}`. */
function requestsOf({ pool, port, isFresh }: Load): () => string {
  const paths = pools.get(pool) ?? [];
  const parts = paths.map((path) => {
    const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    const at = request.indexOf("{n}");
    return at < 0 ? [request, ""] : [request.slice(0, at), request.slice(at + 3)];
  });
  if (!isFresh) {
    const same = parts[0]!.join("");
    return () => same;
  }
  return () => {
    asked++;
    const part = parts[asked % parts.length]!;
    return part[0] + String(asked).padStart(7, "0") + part[1];
  };
}

function openConnection(port: number, next: () => string, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = -1;
    let pending: Buffer | undefined;
    let askedAt = 0;
    const buffer = Buffer.allocUnsafe(64 * 1024);
    const ask = () => {
      askedAt = performance.now();
      socket.write(next(), "latin1");
    };
    const take = (length: number): boolean => {
      let chunk = buffer.subarray(0, length);
      tally.bytes += length;
      if (left < 0) {
        if (pending) chunk = Buffer.concat([pending, chunk]);
        const end = chunk.indexOf(HEAD_END);
        if (end < 0) {
          pending = Buffer.from(chunk);
          return true;
        }
        pending = undefined;
        // "HTTP/1.1 200": anything else is no answer to count.
        if (chunk[9] !== 0x32) tally.failed++;
        left = end + 4 + readLength(chunk);
      }
      left -= chunk.length;
      if (left > 0) return true;
      left = -1;
      const took = performance.now() - askedAt;
      if (tally.count < MOST_TIMES) tally.times[tally.count] = took;
      tally.count++;
      if (tally.isStopped) {
        socket.destroy();
        resolve();
      } else ask();
      return true;
    };
    // `onread` reads into one buffer again and again; the types of Deno do not know it.
    const options = { port, host: "127.0.0.1", noDelay: true, onread: { buffer, callback: take } };
    const socket: Socket = connect(options);
    socket.once("connect", ask);
    socket.once("error", reject);
    socket.once("end", () => reject(new Error("the server closed a connection")));
  });
}

function readLength(head: Buffer): number {
  const at = head.indexOf(LENGTH);
  if (at < 0) throw new Error(`no Content-Length: ${head.toString("latin1", 0, 300)}`);
  let length = 0;
  for (let i = at + LENGTH.length; head[i]! >= 0x30 && head[i]! <= 0x39; i++) {
    length = length * 10 + head[i]! - 0x30;
  }
  return length;
}

async function run(load: Load): Promise<LoadResult> {
  const tally: Tally = {
    count: 0,
    bytes: 0,
    failed: 0,
    times: new Float64Array(MOST_TIMES),
    isStopped: false,
  };
  const next = requestsOf(load);
  const all = Promise.all(
    Array.from({ length: load.connections }, () => openConnection(load.port, next, tally)),
  );
  all.catch(() => {});
  await Promise.race([all, pause(load.warmMs)]);
  const before = { ...tally, cpu: process.cpuUsage(), ms: performance.now() };
  process.stdout.write('{"mark":"begin"}\n');
  await Promise.race([all, pause(load.ms)]);
  // Whoever is so slow that nothing came is given longer, or there is nothing to compare.
  for (let more = 0; more < MOST_LONGER && tally.count - before.count < LEAST; more++) {
    await Promise.race([all, pause(load.ms)]);
  }
  const ms = performance.now() - before.ms;
  const { user, system } = process.cpuUsage(before.cpu);
  const after = { ...tally };
  process.stdout.write('{"mark":"end"}\n');
  tally.isStopped = true;
  await all;
  const times = tally.times.slice(before.count, after.count).toSorted();
  return {
    requests: after.count - before.count,
    bytes: after.bytes - before.bytes,
    failed: after.failed - before.failed,
    ms,
    busy: (user + system) / 1_000 / ms,
    p50Ms: times[Math.floor(times.length * 0.5)] ?? NaN,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? NaN,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line) as LoadCommand;
  if ("paths" in command) pools.set(command.pool, command.paths);
  else process.stdout.write(`${JSON.stringify({ result: await run(command) })}\n`);
}
