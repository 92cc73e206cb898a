import type { BenchRoom, BenchSocket } from "./rooms.ts";

/** 200 bytes of text, as people write. */
const TEXT = "We come in through the east entrance at half tide. ".repeat(4).slice(0, 200);
const SENDERS = 8;
/** Messages that one sender has under way. */
const WINDOW = 4;

/** A room full of sockets. */
export interface FullRoom {
  readonly room: BenchRoom;
  readonly sockets: readonly BenchSocket[];
  /** Messages heard by all sockets together. */
  heard: number;
  /** clientId → what is to be done when its sender, or one other, has heard it. */
  readonly acks: Map<string, () => void>;
  readonly seen: Map<string, () => void>;
  next: number;
}

/** Fills a room, some dozen at a time. */
export async function fillRoom(room: BenchRoom, count: number): Promise<FullRoom> {
  const sockets: BenchSocket[] = [];
  const full: FullRoom = { room, sockets, heard: 0, acks: new Map(), seen: new Map(), next: 0 };
  while (sockets.length < count) {
    const some = Math.min(50, count - sockets.length);
    const opened = await Promise.all(
      Array.from({ length: some }, (_, i) => enter(full, sockets.length + i)),
    );
    sockets.push(...opened);
  }
  return full;
}

function enter(full: FullRoom, place: number): Promise<BenchSocket> {
  return full.room.enter((frame) => {
    full.heard += 1;
    // Sender `n` is at place n, and the one who looks at its messages at the end.
    if (place < SENDERS) tell(full.acks, frame, `s${place}-`);
    if (place === SENDERS) tell(full.seen, frame, "");
  });
}

/** Calls what waits for this message, where it is one of the socket's own. */
function tell(waiting: Map<string, () => void>, frame: string, prefix: string): void {
  const clientId = /s\d+-\d+/.exec(frame)?.[0];
  if (clientId === undefined || !clientId.startsWith(prefix)) return;
  waiting.get(clientId)?.();
  waiting.delete(clientId);
}

function say(full: FullRoom, sender: number): Promise<void> {
  const clientId = `s${sender}-${full.next++}`;
  const acknowledged = new Promise<void>((resolve) => full.acks.set(clientId, resolve));
  full.sockets[sender]!.send(clientId, TEXT);
  return acknowledged;
}

/** Messages a second that a full room brings to all of its sockets. */
export async function measureRate(full: FullRoom, messages: number): Promise<number> {
  const startedAt = performance.now();
  const goal = full.heard + messages * full.sockets.length;
  let left = messages;
  const lane = async (sender: number) => {
    while (left > 0) {
      left -= 1;
      await say(full, sender);
    }
  };
  const lanes = Array.from({ length: SENDERS * WINDOW }, (_, i) => lane(i % SENDERS));
  await Promise.all(lanes);
  // The last of them may be on their way to the others still.
  while (full.heard < goal) await new Promise((resolve) => setTimeout(resolve, 1));
  return messages / (performance.now() - startedAt) * 1_000;
}

export interface Latency {
  p50: number;
  p99: number;
}

/**
 * Milliseconds from sending to the sender's acknowledgement and to another's hearing it, at so many
 * messages a second, whether or not those before have arrived.
 */
export async function measureLatency(
  full: FullRoom,
  perSecond: number,
  messages: number,
): Promise<{ ack: Latency; other: Latency }> {
  const acks: number[] = [];
  const others: number[] = [];
  const all: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let i = 0; i < messages; i++) {
    const dueAt = startedAt + i * 1_000 / perSecond;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const sender = i % SENDERS;
    const clientId = `s${sender}-${full.next}`;
    all.push(
      // From when it was due: a load generator that is late must not hide a room that is slow.
      new Promise<void>((resolve) =>
        full.seen.set(clientId, () => {
          others.push(performance.now() - dueAt);
          resolve();
        })
      ),
      say(full, sender).then(() => void acks.push(performance.now() - dueAt)),
    );
  }
  await Promise.all(all);
  return { ack: quantiles(acks), other: quantiles(others) };
}

/** Milliseconds that everybody needs to come back at once. */
export async function measureStorm(full: FullRoom): Promise<number> {
  const count = full.sockets.length;
  await Promise.all(full.sockets.map((socket) => socket.close()));
  const startedAt = performance.now();
  const back = await Promise.all(Array.from({ length: count }, (_, i) => enter(full, i)));
  const ms = performance.now() - startedAt;
  (full.sockets as BenchSocket[]).splice(0, count, ...back);
  return ms;
}

export async function emptyRoom(full: FullRoom): Promise<void> {
  await Promise.all(full.sockets.map((socket) => socket.close()));
}

function quantiles(values: readonly number[]): Latency {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

export function median(values: readonly number[]): number {
  return quantiles(values).p50;
}
