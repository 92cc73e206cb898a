import { mkdir, writeFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import {
  emptyRoom,
  fillRoom,
  type FullRoom,
  measureLatency,
  measureRate,
  measureStorm,
  median,
} from "./realtime/measure.ts";
import { type BenchRoom, ourRoom, rawRoom, socketIoRoom, wsRoom } from "./realtime/rooms.ts";

// A room of 100 and of 1,000 sockets, messages of 200 bytes, each heard by all: ours, a bare Durable
// Object in the same runtime that parses and stores each, socket.io and ws that keep nothing.
// `--turns N` of A B A B, `--messages N` a turn with 1,000 sockets (ten times as many with 100).

const { values } = parseArgs({
  options: {
    turns: { type: "string", default: "5" },
    messages: { type: "string", default: "150" },
    sockets: { type: "string", default: "100,1000" },
  },
});
const turns = Number(values.turns);
const results: Record<string, unknown> = {};

function ratio(name: string, value: number): void {
  console.log(`RATIO ${name} ${value.toFixed(2)}`);
  results[name] = value;
}

/** Each room's median over turns in which all take their part. */
async function compare(full: readonly FullRoom[], messages: number): Promise<Map<string, number>> {
  const rates = new Map<string, number[]>(full.map(({ room }) => [room.name, []]));
  for (const one of full) await measureRate(one, Math.ceil(messages / 3));
  for (let turn = 0; turn < turns; turn++) {
    // Whoever is first now is last in the next turn.
    for (const one of turn % 2 === 0 ? full : full.toReversed()) {
      rates.get(one.room.name)!.push(await measureRate(one, messages));
    }
  }
  return new Map([...rates].map(([name, all]) => [name, median(all)]));
}

async function measure(rooms: readonly BenchRoom[], sockets: number): Promise<void> {
  const full: FullRoom[] = [];
  for (const room of rooms) full.push(await fillRoom(room, sockets));
  const messages = Math.round(Number(values.messages) * (sockets > 500 ? 1 : 10));
  const rates = await compare(full, messages);
  console.log(`${sockets} sockets, messages a second brought to all:`, Object.fromEntries(rates));
  results[`${sockets}.rates`] = Object.fromEntries(rates);
  const ours = rates.get("ours")!;
  for (const peer of ["raw", "ws", "socket.io"]) {
    ratio(`realtime.${sockets}.vs-${peer}`, ours / rates.get(peer)!);
  }
  for (const one of full) {
    const { name } = one.room;
    const alone = await measureLatency(one, 10, 40);
    // Each at half of what it can do itself.
    const half = await measureLatency(one, rates.get(name)! / 2, messages);
    console.log(`${sockets} sockets, ${name}: ms at 10 a second`, alone, "at half load", half);
    results[`${sockets}.latency.${name}`] = { alone, half };
    if (name === "ours") {
      ratio(`realtime.${sockets}.half-load.ack.p99-ms`, half.ack.p99);
      ratio(`realtime.${sockets}.half-load.other.p99-ms`, half.other.p99);
      ratio(`realtime.${sockets}.durable-ack.p50-ms`, alone.ack.p50);
    }
  }
  const storms: Record<string, number> = {};
  for (const one of full) storms[one.room.name] = Math.round(await measureStorm(one));
  console.log(`${sockets} sockets come back at once, ms:`, storms);
  results[`${sockets}.storm`] = storms;
  ratio(`realtime.${sockets}.storm.vs-raw`, storms["raw"]! / storms["ours"]!);
  for (const one of full) await emptyRoom(one);
}

const counts = values.sockets.split(",").map(Number);
const rooms = [
  await ourRoom(Math.max(...counts)),
  await rawRoom(),
  await wsRoom(),
  await socketIoRoom(),
];
try {
  for (const count of counts) await measure(rooms, count);
  const folder = new URL("../../.dokkerr/bench/", import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL("realtime.json", folder), JSON.stringify(results, null, 2));
} finally {
  for (const room of rooms) await room.stop();
}
process.exit(0);
