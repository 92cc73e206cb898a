import type { LogEntry, Message } from "../../../shared/chat.ts";

/** What happened in one conversation, to be judged when all is quiet. */
export interface ChatHistory {
  /** The log and the messages as the database has them, ascending. */
  log: readonly LogEntry[];
  stored: readonly Message[];
  /** What each device has written, by clientId, in the order of its writing. */
  written: readonly { device: string; clientIds: readonly string[] }[];
  /** What each device shows: complete above `base`. */
  shown: readonly { device: string; base: number; messages: readonly Message[] }[];
}

/** What is wrong with a conversation: lost, twice, out of order, or not the same for everybody. */
export function chatFaults({ log, stored, written, shown }: ChatHistory): string[] {
  const faults: string[] = [];
  log.forEach(({ seq }, i) => {
    if (seq !== i + 1) faults.push(`the log has ${seq} at place ${i + 1}`);
  });
  const seqs = new Map<string, number[]>();
  for (const { clientId, seq } of log) seqs.set(clientId, [...(seqs.get(clientId) ?? []), seq]);
  for (const { device, clientIds } of written) {
    let last = 0;
    for (const clientId of clientIds) {
      const found = seqs.get(clientId) ?? [];
      if (found.length !== 1) {
        faults.push(`${device}: ${clientId} is stored ${found.length} times`);
      }
      const [seq = last] = found;
      if (seq < last) faults.push(`${device}: ${clientId} at ${seq} comes before an earlier one`);
      last = seq;
    }
  }
  for (const { device, base, messages } of shown) {
    const expected = stored.filter(({ seq }) => seq > base);
    if (messages.length !== expected.length) {
      faults.push(`${device}: shows ${messages.length} of ${expected.length} messages`);
    }
    const i = expected.findIndex((message, at) => !isSame(message, messages[at]));
    if (i >= 0) {
      const [here, there] = [messages[i], expected[i]].map((one) => JSON.stringify(one));
      faults.push(`${device}: shows ${here}, the database ${there}`);
    }
  }
  return faults;
}

/** Names in any order: JSON of a database keeps none. */
function isSame(a: Message, b: Message | undefined): boolean {
  const text = (message: Message) =>
    JSON.stringify(message, Object.keys(message).toSorted((x, y) => x < y ? -1 : 1));
  return b !== undefined && text(a) === text(b);
}

/**
 * Watches what one device shows from one moment to the next: what was shown stays where it was,
 * for as long as the room's numbering is the same.
 */
export class ShownWatch {
  readonly faults: string[] = [];
  readonly #device: string;
  #before: { base: number; messages: readonly Message[] } = { base: 0, messages: [] };

  constructor(device: string) {
    this.#device = device;
  }

  look(now: { base: number; messages: readonly Message[] }): void {
    const { base, messages } = this.#before;
    this.#before = now;
    if (messages === now.messages) return;
    for (let i = 1; i < now.messages.length; i++) {
      if (now.messages[i]!.seq <= now.messages[i - 1]!.seq) {
        this.faults.push(`${this.#device}: ${now.messages[i]!.seq} is shown out of order`);
      }
    }
    // Another base is another beginning: what was shown is read anew.
    if (base !== now.base) return;
    if (now.messages.length < messages.length && now.messages.length > 0) {
      this.faults.push(`${this.#device}: shows fewer messages than before`);
    }
    const moved = now.messages.length === 0
      ? undefined
      : messages.find((message, i) => now.messages[i]?.id !== message.id);
    if (moved) this.faults.push(`${this.#device}: ${moved.seq} has moved`);
  }
}
