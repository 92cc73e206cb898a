import { randomUUID } from "node:crypto";
import type { MessageEntry } from "../../shared/chat.ts";
import type { TestPerson } from "./test-edge.ts";
import type { TestHarbour } from "./test-harbour.ts";

/** A thread about a new dock; its id. */
export async function openTestThread(guest: TestPerson, harbour: TestHarbour): Promise<string> {
  const dock = await harbour.addDock();
  const answer = await guest.fetch("POST /api/threads", { dockId: dock.id });
  return (await answer.json()).id;
}

/** A message as a room hands it to the edge. */
export function saidEntry(
  senderId: string,
  seq: number,
  values: Partial<MessageEntry> = {},
): MessageEntry {
  return {
    kind: "message",
    seq,
    id: randomUUID(),
    clientId: `c${seq}`,
    senderId,
    text: `Message ${seq}`,
    sentAt: "2026-11-23T12:00:00.000Z",
    ...values,
  };
}
