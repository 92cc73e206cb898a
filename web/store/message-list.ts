import type { ChangeEntry, Message } from "../../shared/chat.ts";
import { withChanges } from "../../shared/room.ts";
import type { OutboxItem } from "../room/outbox.ts";

/** What the room has brought: messages complete above `base`, and changes of older ones too. */
export interface LivePart {
  messages: readonly Message[];
  base: number;
  changes: readonly ChangeEntry[];
}

/**
 * What is shown of a conversation: what the room has brought, and what the API had before it,
 * complete up to `historyTo`. History that does not reach the room's part is left out, because
 * between them something would be missing.
 */
export function joinHistory(
  history: readonly Message[],
  historyTo: number,
  live: LivePart,
): readonly Message[] {
  const changed = withChanges(history, live.changes);
  const [first, last] = [live.messages[0], live.messages.at(-1)];
  if (!first || !last || history.length === 0) return first ? live.messages : changed;
  if (historyTo < live.base) return live.messages;
  const older = changed.filter(({ seq }) => seq < first.seq);
  const newer = changed.filter(({ seq }) => seq > last.seq);
  return older.length + newer.length === 0 ? live.messages : [...older, ...live.messages, ...newer];
}

export interface Writing {
  messages: readonly Message[];
  /** Written here and not known to be stored. */
  waiting: readonly OutboxItem[];
  myId: string;
  /** Others' messages above this seq were unread as the page was opened; null for none. */
  newAfter: number | null;
  /** The reader's local day of an instant (ms since 1970), as any text that differs by day. */
  dayOf: (atMs: number) => string;
}

/** One line of what is shown. A written message keeps its `key` as it is stored. */
export type Row =
  | { kind: "day"; key: string; atMs: number }
  | { kind: "new"; key: string }
  | { kind: "message"; key: string; isOwn: boolean; isFirst: boolean; message: Message }
  | { kind: "waiting"; key: string; isFirst: boolean; item: OutboxItem };

/** Messages of one person this close together are shown as one block. */
const BLOCK_MS = 5 * 60_000;

/** Messages with a line where a day begins and where the unread ones begin. */
export function toRows({ messages, waiting, myId, newAfter, dayOf }: Writing): Row[] {
  const rows: Row[] = [];
  let [day, sender, at] = ["", "", 0];
  let isNewShown = newAfter === null;

  /** Begins a day where one begins; says whether the message begins a block. */
  function step(senderId: string, atMs: number, isBroken: boolean): boolean {
    const nextDay = dayOf(atMs);
    const isNewDay = nextDay !== day;
    if (isNewDay) rows.push({ kind: "day", key: `day ${nextDay}`, atMs });
    const isFirst = isNewDay || isBroken || senderId !== sender || atMs - at > BLOCK_MS;
    [day, sender, at] = [nextDay, senderId, atMs];
    return isFirst;
  }

  for (const message of messages) {
    const { senderId, clientId, seq, sentAt } = message;
    // A move of one's own is told by the product, and no news.
    const isOthers = senderId !== myId && message.booking?.actorId !== myId;
    const isNew = !isNewShown && seq > newAfter! && isOthers;
    const isFirst = step(senderId, Date.parse(sentAt), isNew);
    if (isNew) {
      rows.push({ kind: "new", key: "new" });
      isNewShown = true;
    }
    const isOwn = senderId === myId;
    rows.push({ kind: "message", key: `${senderId} ${clientId}`, isOwn, isFirst, message });
  }
  const stored = new Set(
    messages.filter(({ senderId }) => senderId === myId).map(({ clientId }) => clientId),
  );
  for (const item of waiting) {
    // The API may have a message before the room has said so.
    if (stored.has(item.clientId)) continue;
    const isFirst = step(myId, Math.max(item.queuedAt, at), false);
    rows.push({ kind: "waiting", key: `${myId} ${item.clientId}`, isFirst, item });
  }
  return rows;
}

/** How far anybody else has read. */
export function readByOthers(reads: Readonly<Record<string, number>>, myId: string): number {
  let seq = 0;
  for (const [id, mark] of Object.entries(reads)) if (id !== myId) seq = Math.max(seq, mark);
  return seq;
}
