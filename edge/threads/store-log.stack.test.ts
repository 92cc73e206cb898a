import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogEntry, MessageEntry } from "../../shared/chat.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { snapshotThread } from "./snapshot-thread.ts";
import { storeLog } from "./store-log.ts";

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
});
afterAll(() => edge.close());

async function openThread(): Promise<string> {
  const dock = await harbour.addDock();
  const answer = await guest.fetch("POST /api/threads", { dockId: dock.id });
  return (await answer.json()).id;
}

function entry(seq: number, values: Partial<MessageEntry> = {}): MessageEntry {
  return {
    kind: "message",
    seq,
    id: crypto.randomUUID(),
    clientId: `c${seq}`,
    senderId: guest.id,
    text: `Message ${seq}`,
    sentAt: "2026-11-23T12:00:00.000Z",
    ...values,
  };
}

describe("storeLog", () => {
  it("stores once what is flushed twice, and only what follows without a hole", async () => {
    const id = await openThread();
    const [one, two, three, five] = [entry(1), entry(2), entry(3), entry(5)];
    const flush = (entries: LogEntry[]) => storeLog(edge.sql, id, { epoch: 1, entries, reads: {} });
    expect(await flush([one, two])).toEqual({ epoch: 1, stored: 2, refused: false });
    expect(await flush([one, two, three, five])).toEqual({ epoch: 1, stored: 3, refused: false });
    const { items } = await (await guest.fetch(`GET /api/threads/${id}/messages`)).json();
    expect(items.map(({ seq }: { seq: number }) => seq)).toEqual([3, 2, 1]);
    expect(items[2]).toEqual({
      seq: 1,
      id: one.id,
      clientId: "c1",
      senderId: guest.id,
      text: "Message 1",
      sentAt: "2026-11-23T12:00:00.000Z",
    });
  });

  it("refuses an older epoch, another id at a seq, and a name under another seq", async () => {
    const id = await openThread();
    await storeLog(edge.sql, id, { epoch: 1, entries: [entry(1)], reads: {} });
    const refusals = [
      await storeLog(edge.sql, id, { epoch: 1, entries: [entry(1)], reads: {} }),
      await storeLog(edge.sql, id, {
        epoch: 1,
        entries: [entry(2, { clientId: "c1" })],
        reads: {},
      }),
    ];
    const claimed = await snapshotThread(edge.sql, id, true);
    expect(claimed).toMatchObject({ epoch: 2, maxSeq: 1 });
    refusals.push(await storeLog(edge.sql, id, { epoch: 1, entries: [entry(2)], reads: {} }));
    expect(refusals.map(({ refused, stored }) => [refused, stored])).toEqual([
      [true, 1],
      [true, 1],
      [true, 1],
    ]);
  });

  it("takes a newer epoch over, so that a restored database gives no old one out again", async () => {
    const id = await openThread();
    const stored = await storeLog(edge.sql, id, { epoch: 7, entries: [entry(1)], reads: {} });
    expect(stored).toEqual({ epoch: 7, stored: 1, refused: false });
    expect((await snapshotThread(edge.sql, id, true)).epoch).toBe(8);
  });

  it("raises how far somebody has read and never lowers it", async () => {
    const id = await openThread();
    await storeLog(edge.sql, id, { epoch: 1, entries: [entry(1), entry(2)], reads: {} });
    const reads = async () => (await snapshotThread(edge.sql, id, false)).reads;
    await storeLog(edge.sql, id, { epoch: 1, entries: [], reads: { [harbour.host.id]: 2 } });
    await storeLog(edge.sql, id, { epoch: 1, entries: [], reads: { [harbour.host.id]: 1 } });
    expect((await reads())[harbour.host.id]).toBe(2);
  });
});

describe("threads", () => {
  it("are one for a dock and a guest, and nobody else's", async () => {
    const dock = await harbour.addDock();
    const first = await guest.fetch("POST /api/threads", { dockId: dock.id });
    const again = await guest.fetch("POST /api/threads", { dockId: dock.id });
    expect([first.status, again.status]).toEqual([201, 200]);
    const thread = await first.json();
    expect((await again.json()).id).toBe(thread.id);
    const stranger = await signUp(edge, "Sten Stranger");
    for (
      const route of [`GET /api/threads/${thread.id}`, `GET /api/threads/${thread.id}/messages`]
    ) {
      expect((await stranger.fetch(route)).status).toBe(404);
    }
    const sent = await stranger.fetch(`POST /api/threads/${thread.id}/messages`, { text: "Hi" });
    expect(sent.status).toBe(404);
    const ticket = await stranger.fetch("POST /api/realtime/tickets", {
      room: `thread:${thread.id}`,
    });
    expect(ticket.status).toBe(404);
    const own = await harbour.host.fetch("POST /api/threads", { dockId: dock.id });
    expect(own.status).toBe(403);
  });

  it("send through the room, and refuse what is empty or too long", async () => {
    const id = await openThread();
    const sent = await guest.fetch(`POST /api/threads/${id}/messages`, { text: " Hello " });
    expect(sent.status).toBe(201);
    expect(await sent.json()).toMatchObject({ seq: 1, text: "Hello", senderId: guest.id });
    for (const text of ["  ", "x".repeat(4_001)]) {
      expect((await guest.fetch(`POST /api/threads/${id}/messages`, { text })).status).toBe(422);
    }
    edge.hub.isAway = true;
    const away = await guest.fetch(`POST /api/threads/${id}/messages`, { text: "Hello?" });
    edge.hub.isAway = false;
    expect((await away.json()).code).toBe("hub-unavailable");
  });

  it("give a ticket for one's own inbox and for no other", async () => {
    const own = await guest.fetch("POST /api/realtime/tickets", { room: "inbox:me" });
    expect(own.status).toBe(201);
    expect((await own.json()).url).toContain(`/parties/inbox/${guest.id}`);
    const other = await guest.fetch("POST /api/realtime/tickets", {
      room: `inbox:${harbour.host.id}`,
    });
    expect(other.status).toBe(404);
    expect((await guest.fetch("POST /api/realtime/tickets", { room: "lobby" })).status).toBe(422);
  });
});
