import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogEntry, Message, MessageEntry } from "../../shared/chat.ts";
import { relayPushes } from "../events/relay-pushes.ts";
import { tick } from "../events/tick.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import type { Blobs } from "../platform/blobs.ts";
import { berthOfThread } from "./berth-of-thread.ts";
import { entriesAfter, entryOf } from "./log-queries.ts";
import { snapshotThread } from "./snapshot-thread.ts";
import { storeLog } from "./store-log.ts";
import { attachPhoto } from "./thread-photos.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 1, 2]);

/** An object store in memory; the real one is asked in edge/platform. */
const stored = new Map<string, Uint8Array<ArrayBuffer>>();
const blobs = {
  presignPut: ({ key }) => Promise.resolve(`http://store.test/${key}`),
  get(key) {
    const bytes = stored.get(key);
    return Promise.resolve(
      bytes && {
        body: new Blob([bytes]).stream() as ReadableStream<Uint8Array<ArrayBuffer>>,
        contentType: "image/png",
        bytes: bytes.length,
        tag: undefined,
      },
    );
  },
  delete(key) {
    stored.delete(key);
    return Promise.resolve();
  },
} as Blobs;

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge({ parts: { blobs } });
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
});
afterAll(() => edge.close());

async function openThread(person = guest): Promise<string> {
  const dock = await harbour.addDock();
  const answer = await person.fetch("POST /api/threads", { dockId: dock.id });
  return (await answer.json()).id;
}

function said(seq: number, values: Partial<MessageEntry> = {}): MessageEntry {
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

function change(kind: "edit" | "delete", seq: number, of: MessageEntry, text = ""): LogEntry {
  const { id: targetId, seq: target, senderId } = of;
  const entry = { ...said(seq), senderId, target, targetId };
  const { text: _, ...rest } = entry;
  return kind === "edit" ? { ...entry, kind, text } : { ...rest, kind };
}

const flush = (id: string, entries: LogEntry[]) =>
  storeLog(edge.sql, id, { epoch: 1, entries, reads: {} });

async function history(id: string, query = ""): Promise<Message[]> {
  return (await (await guest.fetch(`GET /api/threads/${id}/messages${query}`)).json()).items;
}

describe("the log in Postgres", () => {
  it("gives back every kind of entry as it was flushed", async () => {
    const id = await openThread();
    const one = said(1, { flags: ["contact"] });
    const note = said(2, {
      senderId: "system",
      clientId: "booking:b:7",
      booking: {
        bookingId: "b",
        version: 7,
        status: "confirmed",
        ...STAY,
        actorId: harbour.host.id,
      },
    });
    const berth = said(3, { berth: { dockId: 7, name: "A 7", lat: 41.5, lon: -71.3 }, text: "" });
    const entries = [one, note, berth, change("edit", 4, one, "Message 1, better")];
    expect(await flush(id, entries)).toMatchObject({ stored: 4, refused: false });
    expect(await entriesAfter(edge.sql, id, 0, 10)).toEqual(entries);
    expect(await entryOf(edge.sql, id, "system", "booking:b:7")).toEqual([note]);
    // The product's own entries are as unique by name as people's.
    const again = { ...note, id: crypto.randomUUID(), seq: 5 };
    expect(await flush(id, [again])).toMatchObject({ refused: true });
  });

  it("shows messages as they were changed, and nothing of a deleted one", async () => {
    const id = await openThread();
    const [one, two] = [said(1, { text: "call +1 401 555 0134", flags: ["contact"] }), said(2)];
    const photo = { id: "p", url: "/p.png", width: 1, height: 1 };
    const three = said(3, { photo });
    const foreign = { ...change("edit", 5, two, "not mine"), senderId: harbour.host.id };
    await flush(id, [one, two, three, change("edit", 4, one, "no number"), foreign]);
    await flush(id, [change("edit", 6, three, "secret words"), change("delete", 7, three)]);
    const items = await history(id);
    expect(items.map(({ seq, text }) => [seq, text])).toEqual([
      [3, ""],
      [2, "Message 2"],
      [1, "no number"],
    ]);
    expect(items[0]).toMatchObject({ deleted: true });
    expect(items[0]).not.toHaveProperty("photo");
    expect(items[2]).toMatchObject({ editedAt: "2026-11-23T12:00:00.000Z" });
    expect(items[2]).not.toHaveProperty("flags");
    const kept = JSON.stringify(await entriesAfter(edge.sql, id, 0, 10));
    expect(kept).not.toContain("secret words");
    expect(kept).not.toContain("Message 3");
    const { items: threads } = await (await harbour.host.fetch("GET /api/threads")).json();
    expect(threads.find((thread: { id: string }) => thread.id === id)).toMatchObject({
      unread: 2,
      lastMessage: { seq: 3, text: "", shows: "deleted" },
    });
  });

  it("is paged backwards by seq", async () => {
    const id = await openThread();
    await flush(id, Array.from({ length: 7 }, (_, i) => said(i + 1)));
    const first = await (await guest.fetch(`GET /api/threads/${id}/messages?limit=3`)).json();
    const next = await history(id, `?limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...next].map(({ seq }: Message) => seq)).toEqual([7, 6, 5, 4, 3, 2]);
    expect((await history(id, "?before=3")).map(({ seq }) => seq)).toEqual([2, 1]);
  });

  it("does not count one's own booking moves as unread", async () => {
    const id = await openThread();
    const note = (seq: number, actorId: string) =>
      said(seq, {
        senderId: "system",
        clientId: `n${seq}`,
        booking: { bookingId: "b", version: seq, status: "confirmed", ...STAY, actorId },
      });
    await flush(id, [note(1, guest.id), note(2, harbour.host.id)]);
    const unread = async (person: TestPerson) =>
      (await (await person.fetch(`GET /api/threads/${id}`)).json()).unread;
    expect([await unread(guest), await unread(harbour.host)]).toEqual([1, 1]);
  });
});

describe("messages over HTTP", () => {
  it("are edited and taken back by who wrote them", async () => {
    const id = await openThread();
    const route = `/api/threads/${id}/messages`;
    const sent = await (await guest.fetch(`POST ${route}`, { text: "Hello" })).json();
    await flush(id, [{ kind: "message", ...sent, id: sent.id }]);
    const edited = await guest.fetch(`PATCH ${route}/1`, { text: " Hello there " });
    expect(await edited.json()).toMatchObject({ seq: 1, text: "Hello there" });
    expect((await harbour.host.fetch(`PATCH ${route}/1`, { text: "Hi" })).status).toBe(404);
    expect((await guest.fetch(`PATCH ${route}/1`, { text: "x".repeat(4_001) })).status).toBe(422);
    expect((await guest.fetch(`PATCH ${route}/one`, { text: "x" })).status).toBe(404);
    expect((await harbour.host.fetch(`DELETE ${route}/1`)).status).toBe(404);
    expect((await guest.fetch(`DELETE ${route}/1`)).status).toBe(204);
  });
});

describe("pictures of a conversation", () => {
  const PHOTO = { contentType: "image/png", width: 640, height: 480, bytes: PNG.length };

  it("hang on one message once they are uploaded, and go with it", async () => {
    const id = await openThread();
    const announced = await guest.fetch(`POST /api/threads/${id}/photos`, PHOTO);
    expect(announced.status).toBe(201);
    const { photo, uploadUrl } = await announced.json();
    const key = new URL(uploadUrl).pathname.slice(1);
    const attach = (senderId: string, clientId: string) =>
      attachPhoto(edge.sql, blobs, id, { senderId, photoId: photo.id, clientId });
    await expect(attach(guest.id, "c1")).rejects.toMatchObject({ code: "not-found" });
    stored.set(key, new TextEncoder().encode("<html>no pict"));
    await expect(attach(guest.id, "c1")).rejects.toMatchObject({ code: "not-found" });
    stored.set(key, PNG);
    await expect(attach(harbour.host.id, "c1")).rejects.toMatchObject({ code: "not-found" });
    expect(await attach(guest.id, "c1")).toEqual(photo);
    // The same message again, but no other.
    expect(await attach(guest.id, "c1")).toEqual(photo);
    await expect(attach(guest.id, "c2")).rejects.toMatchObject({ code: "not-found" });

    const shown = await harbour.host.fetch(`GET ${photo.url}`);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PNG);
    expect(shown.headers.get("Cache-Control")).toContain("private");
    const stranger = await signUp(edge, "Sten");
    expect((await stranger.fetch(`GET ${photo.url}`)).status).toBe(404);
    expect((await edge.fetch(`GET ${photo.url}`)).status).toBe(401);

    const one = said(1, { photo });
    await flush(id, [one, change("delete", 2, one)]);
    expect((await guest.fetch(`GET ${photo.url}`)).status).toBe(404);
    await tick(edge.deps);
    expect(stored.has(key)).toBe(false);
  });

  it("are not announced without end", async () => {
    const id = await openThread();
    const answers: number[] = [];
    for (let i = 0; i < 21; i++) {
      answers.push((await guest.fetch(`POST /api/threads/${id}/photos`, PHOTO)).status);
    }
    expect(answers.slice(-2)).toEqual([201, 422]);
  });
});

describe("where the berth lies", () => {
  it("is told exactly by its host, and by a guest who has booked it", async () => {
    const dock = await harbour.addDock({ blurPosition: true });
    const { id } = await (await guest.fetch("POST /api/threads", { dockId: dock.id })).json();
    const [row] = await edge.sql.query<Record<"lat" | "lon" | "public_lat", number>>(
      "SELECT lat, lon, public_lat FROM dock WHERE id = $1",
      [dock.id],
    );
    const told = (personId: string) => berthOfThread(edge.sql, id, personId);
    expect(row!.lat).not.toBe(row!.public_lat);
    expect(await told(harbour.host.id)).toMatchObject({ dockId: dock.id, lat: row!.lat });
    expect(await told(guest.id)).toMatchObject({ lat: row!.public_lat });
    await expect(told(crypto.randomUUID())).rejects.toMatchObject({ code: "not-found" });
    expect((await snapshotThread(edge.sql, id, false)).isKnown).toBe(false);
    expect((await bookStay(guest, dock.id, STAY)).status).toBe(201);
    expect(await told(guest.id)).toMatchObject({ lat: row!.lat, lon: row!.lon });
    expect((await snapshotThread(edge.sql, id, false)).isKnown).toBe(true);
  });
});

describe("blocking", () => {
  it("takes somebody out of the rooms, and back in", async () => {
    const other = await signUp(edge, "Otto");
    const id = await openThread(other);
    const { host } = harbour;
    const block = `/api/people/${other.id}/block`;
    const ticket = async (person: TestPerson) =>
      (await person.fetch("POST /api/realtime/tickets", { room: `thread:${id}` })).status;
    expect([await ticket(other), await ticket(host)]).toEqual([201, 201]);
    expect((await host.fetch(`POST ${block}`)).status).toBe(204);
    expect((await host.fetch(`POST ${block}`)).status).toBe(204);
    await edge.settle();
    const rosters = edge.hub.published.filter((told) => told.id === id).map(({ body }) => body);
    expect(rosters).toEqual([{ kind: "members", version: 2, members: [] }]);
    expect([await ticket(other), await ticket(host)]).toEqual([404, 404]);
    const say = (person: TestPerson) =>
      person.fetch(`POST /api/threads/${id}/messages`, { text: "Hello?" });
    expect([(await say(other)).status, (await say(host)).status]).toEqual([403, 403]);
    // What was said stays; nothing new begins.
    expect((await other.fetch(`GET /api/threads/${id}/messages`)).status).toBe(200);
    expect(await (await host.fetch(`GET /api/threads/${id}`)).json())
      .toMatchObject({ isBlocked: true, isClosed: false });
    const elsewhere = await harbour.addDock();
    expect((await other.fetch("POST /api/threads", { dockId: elsewhere.id })).status).toBe(403);

    expect((await host.fetch(`DELETE ${block}`)).status).toBe(204);
    await edge.settle();
    expect([await ticket(other), await ticket(host)]).toEqual([201, 201]);
    expect((await say(other)).status).toBe(201);
  });

  it("is for people one has talked with, and needs somebody else", async () => {
    const [one, other] = await Promise.all([signUp(edge, "One"), signUp(edge, "Other")]);
    expect((await one.fetch(`POST /api/people/${other.id}/block`)).status).toBe(404);
    expect((await one.fetch(`POST /api/people/${one.id}/block`)).status).toBe(404);
  });

  it("reaches the hub though it was away", async () => {
    const other = await signUp(edge, "Olga");
    const id = await openThread(other);
    edge.hub.isAway = true;
    await harbour.host.fetch(`POST /api/people/${other.id}/block`);
    await edge.settle();
    edge.hub.isAway = false;
    expect(edge.hub.published.some((told) => told.id === id)).toBe(false);
    expect(await relayPushes(edge.deps)).toBe(1);
    expect(edge.hub.published.some((told) => told.id === id)).toBe(true);
    expect(await relayPushes(edge.deps)).toBe(0);
  });
});

describe("reports", () => {
  it("keep the message as it stood, for administrators", async () => {
    const id = await openThread();
    const one = said(1, { text: "pay me by Western Union" });
    await flush(id, [one]);
    const route = `POST /api/threads/${id}/reports`;
    const { host } = harbour;
    const made = await host.fetch(route, { seq: 1, reason: "fraud", note: "asks for money" });
    expect(made.status).toBe(201);
    expect((await host.fetch(route, { seq: 2, reason: "fraud" })).status).toBe(404);
    // One's own words are nobody's offence.
    expect((await guest.fetch(route, { seq: 1, reason: "fraud" })).status).toBe(404);
    await flush(id, [change("delete", 2, one)]);
    const admin = await signUp(edge, "Ada", { role: "admin" });
    const { items } = await (await admin.fetch("GET /api/reports")).json();
    expect(items[0]).toMatchObject({
      threadId: id,
      reportedId: guest.id,
      reporterId: host.id,
      evidence: { text: "pay me by Western Union" },
    });
  });
});

describe("first contacts", () => {
  it("are so many a day, but for who books", async () => {
    const eager = await signUp(edge, "Edgar Eager");
    const docks = await Promise.all(Array.from({ length: 22 }, () => harbour.addDock()));
    const write = async (i: number) =>
      (await eager.fetch("POST /api/threads", { dockId: docks[i]!.id })).status;
    expect((await bookStay(eager, docks[21]!.id, STAY)).status).toBe(201);
    for (let i = 0; i < 20; i++) expect(await write(i)).toBe(201);
    expect(await write(20)).toBe(429);
    expect(await write(3)).toBe(200);
  });
});

describe("a sign-out", () => {
  it("has the session's sockets closed, also by a hub that was away", async () => {
    const person = await signUp(edge, "Sid");
    edge.hub.isAway = true;
    expect((await person.fetch("POST /api/auth/sign-out")).status).toBe(200);
    await edge.settle();
    edge.hub.isAway = false;
    await tick(edge.deps);
    const told = edge.hub.published.filter(({ id }) => id === person.id).map(({ body }) => body);
    expect(told).toEqual([{
      kind: "close",
      userId: person.id,
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    }]);
  });
});
