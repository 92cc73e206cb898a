import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openRoomSocket, type RoomSocket, SocketRefused } from "../edge/local/room-socket.ts";
import {
  loggedBefore,
  type RoomStage,
  type StagedThread,
  stageRooms,
  stageThread,
  textOf,
} from "../edge/local/room-stage.ts";
import { CLOSE, frameToEntry } from "../shared/chat.ts";
import type { LogEntry } from "../shared/chat.ts";
import { addEntries, emptyLog, logToMessages } from "../shared/room.ts";

const PERSON_SOCKETS = 3;

let stage: RoomStage;
let thread: StagedThread;

beforeAll(async () => {
  stage = await stageRooms({
    PERSON_SOCKETS: String(PERSON_SOCKETS),
    ROOM_SOCKETS: "5",
    WATER_SOCKETS: "3",
  });
});

afterAll(() => stage.stop());

beforeEach(() => {
  stage.edge.isAway = false;
  thread = stageThread(stage);
});

const entriesOf = ({ frames }: RoomSocket): LogEntry[] =>
  frames.map(frameToEntry).filter((entry) => entry !== undefined);
const shownTo = (socket: RoomSocket) =>
  logToMessages(addEntries(emptyLog(1, 0), entriesOf(socket)));

describe("what is changed afterwards", () => {
  test("an edit and a deletion take the next numbers, and leave no word behind", async () => {
    const [guest, host] = [await thread.enter("guest"), await thread.enter("host")];
    guest.send({ type: "message.send", clientId: "a", text: "the gate is 1234" });
    guest.send({ type: "message.edit", clientId: "b", seq: 1, text: "the gate is 5678" });
    const edit = await host.next("edit");
    expect(edit).toMatchObject({ seq: 2, target: 1, text: "the gate is 5678" });
    expect(shownTo(host)).toMatchObject([{ seq: 1, text: "the gate is 5678" }]);
    // The same edit again is the same entry, told to its sender alone.
    guest.send({ type: "message.edit", clientId: "b", seq: 1, text: "another" });
    expect(await guest.next("edit")).toEqual(edit);
    guest.send({ type: "message.delete", clientId: "c", seq: 1 });
    await host.next("delete", ({ seq }) => seq === 3);
    expect(shownTo(host)).toMatchObject([{ seq: 1, text: "", deleted: true }]);

    const late = await thread.enter("host");
    late.send({ type: "sync", after: 0 });
    await late.next("synced");
    expect(entriesOf(late).map(({ seq, kind }) => [seq, kind]))
      .toEqual([[1, "message"], [2, "edit"], [3, "delete"]]);
    expect(JSON.stringify(late.frames)).not.toContain("gate");
    await stage.edge.until(() => thread.stored.log.length === 3);
    await Promise.all([guest.close(), host.close(), late.close()]);
  });

  test("is one's own and still there, or it is refused", async () => {
    thread.stored.log = loggedBefore(700);
    const [guest, host] = [await thread.enter("guest"), await thread.enter("host")];
    const refused = async (frame: Parameters<RoomSocket["send"]>[0], by: RoomSocket) => {
      by.send(frame);
      return (await by.next("error")).code;
    };
    const edit = { type: "message.edit", clientId: "e", text: "changed" } as const;
    expect(await refused({ ...edit, seq: 3 }, guest)).toBe("not-yours");
    expect(await refused({ ...edit, seq: 0 }, host)).toBe("not-yours");
    expect(await refused({ ...edit, seq: 9_999 }, host)).toBe("not-yours");
    expect(await refused({ ...edit, seq: 3, text: "  " }, host)).toBe("empty");
    // Older than what the room keeps: it asks the edge whose it is.
    host.send({ ...edit, seq: 3 });
    expect(await guest.next("edit")).toMatchObject({ seq: 701, target: 3, senderId: "host" });
    host.send({ type: "message.delete", clientId: "d", seq: 700 });
    await guest.next("delete");
    expect(await refused({ ...edit, clientId: "e2", seq: 700 }, host)).toBe("not-yours");
    expect(await refused({ type: "message.delete", clientId: "d2", seq: 700 }, host))
      .toBe("not-yours");
    await Promise.all([guest.close(), host.close()]);
  });

  test("goes over HTTP too", async () => {
    const guest = await thread.enter("guest");
    const sent = await stage.hub.send(thread.id, {
      senderId: "host",
      clientId: "a",
      text: "by HTTP",
    });
    const change = { senderId: "host", seq: sent.seq } as const;
    await stage.hub.change(thread.id, { ...change, kind: "edit", clientId: "b", text: "better" });
    expect(await guest.next("edit")).toMatchObject({ text: "better" });
    await expect(
      stage.hub.change(thread.id, { ...change, senderId: "guest", kind: "delete", clientId: "c" }),
    ).rejects.toMatchObject({ code: "not-found" });
    expect(await stage.hub.change(thread.id, { ...change, kind: "delete", clientId: "d" }))
      .toMatchObject({ kind: "delete", target: 1 });
    await expect(stage.hub.send(thread.id, { senderId: "host", clientId: "d", text: "x" }))
      .rejects.toMatchObject({ code: "idempotency-key-reused" });
    await guest.close();
  });

  test("follows its message where the room's numbers are given anew", async () => {
    const guest = await thread.enter("guest");
    guest.send({ type: "message.send", clientId: "a", text: "stored" });
    await stage.edge.until(() => thread.stored.log.length === 1);
    stage.edge.isAway = true;
    guest.send({ type: "message.send", clientId: "b", text: "not yet" });
    guest.send({ type: "message.edit", clientId: "c", seq: 2, text: "not yet, edited" });
    await guest.next("edit");
    thread.stored.epoch = 7;
    thread.stored.log.push(...loggedBefore(3).slice(1));
    stage.edge.isAway = false;
    guest.send({ type: "message.send", clientId: "d", text: "after" });
    await stage.edge.until(() => thread.stored.log.length === 6);
    const [, , , moved, edit] = thread.stored.log;
    expect(moved).toMatchObject({ seq: 4, text: "not yet" });
    expect(edit).toMatchObject({ seq: 5, kind: "edit", target: 4, targetId: moved!.id });
    await guest.close();
  });
});

describe("what a message carries", () => {
  const PHOTO = { id: "p1", url: "/api/threads/t/photos/p1.png", width: 640, height: 480 };

  test("is what the edge says of it, not what the client says", async () => {
    thread.stored.attachments = new Map([
      ["p1", { photo: PHOTO }],
      ["berth", { berth: { dockId: 7, name: "A 7", lat: 41.5, lon: -71.3 } }],
    ]);
    const [guest, host] = [await thread.enter("guest"), await thread.enter("host")];
    guest.send({ type: "message.send", clientId: "a", text: "", photoId: "p1" });
    expect(await host.next("message")).toMatchObject({ text: "", photo: PHOTO });
    host.send({ type: "message.send", clientId: "b", text: "here", berth: true });
    expect(await guest.next("message", ({ seq }) => seq === 2))
      .toMatchObject({ berth: { name: "A 7", lat: 41.5 } });
    guest.sendRaw(JSON.stringify({
      type: "message.send",
      clientId: "c",
      text: "look",
      photo: { ...PHOTO, url: "https://evil.example/" },
      flags: [],
      booking: { bookingId: "b", status: "confirmed" },
      senderId: "host",
    }));
    const plain = await host.next("message", ({ seq }) => seq === 3);
    expect(Object.keys(plain).toSorted())
      .toEqual(["clientId", "id", "senderId", "sentAt", "seq", "text", "type"]);
    expect(plain.senderId).toBe("guest");
    await Promise.all([guest.close(), host.close()]);
  });

  test("is refused where it is not there, and kept for later where nobody can say", async () => {
    const guest = await thread.enter("guest");
    guest.send({ type: "message.send", clientId: "a", text: "", photoId: "none" });
    expect(await guest.next("error")).toMatchObject({ code: "no-attachment", clientId: "a" });
    stage.edge.isAway = true;
    guest.send({ type: "message.send", clientId: "b", text: "", photoId: "p1" });
    expect(await guest.next("error")).toMatchObject({ code: "unavailable", clientId: "b" });
    // Words alone need nobody.
    guest.send({ type: "message.send", clientId: "c", text: "hello" });
    await guest.next("message");
    await guest.close();
  });

  test("from strangers is looked at, between people who agreed on a stay no more", async () => {
    const [guest, host] = [await thread.enter("guest"), await thread.enter("host")];
    const text = "pay me at gus@harbour.example by PayPal";
    guest.send({ type: "message.send", clientId: "a", text });
    expect((await host.next("message")).flags).toEqual(["contact", "payment"]);
    guest.send({ type: "message.edit", clientId: "b", seq: 1, text: "pay me ashore" });
    expect(await host.next("edit")).not.toHaveProperty("flags");
    const booked = (status: string, isKnown: boolean) =>
      stage.hub.publish("thread", thread.id, {
        kind: "booking",
        note: {
          bookingId: "b1",
          version: isKnown ? 8 : 7,
          status,
          from: "2027-07-03",
          to: "2027-07-10",
          actorId: null,
        },
        text: `Booking ${status}`,
        isKnown,
      });
    await booked("requested", false);
    await booked("confirmed", true);
    // Told twice by a relay that was killed between telling and marking.
    await booked("requested", false);
    await booked("confirmed", true);
    guest.send({ type: "message.send", clientId: "c", text });
    expect(await host.next("message", ({ clientId }) => clientId === "c"))
      .not.toHaveProperty("flags");
    const said = entriesOf(host).filter(({ senderId }) => senderId === "system");
    expect(said.map((entry) => [entry.seq, textOf(entry), entry.clientId])).toEqual([
      [3, "Booking requested", "booking:b1:7"],
      [4, "Booking confirmed", "booking:b1:8"],
    ]);
    // Nobody changes what the product says.
    host.send({ type: "message.edit", clientId: "x", seq: 4, text: "Booking cancelled" });
    expect(await host.next("error")).toMatchObject({ code: "not-yours" });
    await Promise.all([guest.close(), host.close()]);
  });
});

describe("sockets", () => {
  test("of an ended session close everywhere, also those under way; another session's stay", async () => {
    const userId = randomUUID();
    thread.stored.members.push({ userId, role: "guest", name: "Ona" });
    const bookingId = randomUUID();
    stage.edge.bookings.set(bookingId, {
      booking: { version: 1, status: "confirmed" },
      payment: null,
      membersVersion: 1,
      members: [{ userId, role: "guest", name: "Ona" }],
    });
    const urlOf = async (room: string, sessionId: string) =>
      (await stage.hub.issueTicket({ room, userId, sessionId })).url;
    const rooms = [`thread:${thread.id}`, `booking:${bookingId}`, `inbox:${userId}`];
    const open = (sessionId: string) =>
      Promise.all(rooms.map(async (room) => openRoomSocket(await urlOf(room, sessionId))));
    const [ended, other] = [await open("s1"), await open("s2")];
    for (const socket of [...ended, ...other]) await socket.next("welcome");
    const underWay = await Promise.all(rooms.map((room) => urlOf(room, "s1")));

    const startedAt = Date.now();
    await stage.hub.close({ userId, sessionId: "s1" });
    for (const socket of ended) {
      expect(await socket.closed).toMatchObject({ code: CLOSE.signedOut });
    }
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    for (const socket of other) {
      socket.send({ type: "ping" });
      await socket.next("pong");
    }
    for (const url of underWay) {
      const refused = await openRoomSocket(url).then(
        async (socket) => (await socket.closed).code,
        (error: unknown) => (error as SocketRefused).status,
      );
      expect([401, CLOSE.notMember, CLOSE.signedOut]).toContain(refused);
    }
    // Suspended: whoever they are signed in as.
    await stage.hub.close({ userId });
    for (const socket of other) {
      expect(await socket.closed).toMatchObject({ code: CLOSE.signedOut });
    }
  });

  test("of one person are so many, the silent one gives way; a room holds so many", async () => {
    const first: RoomSocket[] = [];
    for (let i = 0; i < PERSON_SOCKETS; i++) first.push(await thread.enter("guest"));
    const newest = await thread.enter("guest");
    expect(await first[0]!.closed).toMatchObject({ code: CLOSE.crowded });
    const [, ...stay] = first;
    const hosts = [await thread.enter("host"), await thread.enter("host")];
    const sixth = await openRoomSocket(await thread.ticketUrl("host"));
    expect(await sixth.closed).toMatchObject({ code: CLOSE.crowded });
    for (const socket of [...stay, newest, ...hosts]) {
      socket.send({ type: "ping" });
      await socket.next("pong");
      await socket.close();
    }
  });

  test("tell when somebody was last here", async () => {
    const [guest, host] = [await thread.enter("guest"), await thread.enter("host")];
    const before = Date.now() - 1_000;
    await host.close();
    const gone = await guest.next("presence", ({ online }) => !online);
    expect(Date.parse(gone.lastSeenAt!)).toBeGreaterThan(before);
    await guest.close();
    await stage.kill();
    await stage.startAgain();
    const again = await openRoomSocket(await thread.ticketUrl("guest"));
    const { members } = await again.next("welcome");
    expect(members.find(({ userId }) => userId === "host"))
      .toMatchObject({ online: false, lastSeenAt: gone.lastSeenAt });
    await again.close();
  });
});

describe("a water", () => {
  const WATER = "0302223";
  const url = (id = WATER) => stage.hub.publicUrl("water", id);
  const tell = (...changes: [dockId: number, version: number][]) =>
    stage.hub.publish("water", WATER, {
      kind: "water",
      changes: changes.map(([dockId, version]) => ({ dockId, version, what: "changed" })),
    });

  test("tells anybody what changed, once, and what they missed", async () => {
    const reader = await openRoomSocket(url());
    const { seq, epoch, members } = await reader.next("welcome");
    expect([seq, members]).toEqual([0, []]);
    await tell([7, 3], [8, 1]);
    await tell([7, 3]);
    await tell([7, 3], [7, 4]);
    await tell([7, 2]);
    expect((await reader.next("water")).changes.map(({ version }) => version)).toEqual([3, 1]);
    expect(await reader.next("water")).toMatchObject({ seq: 3, changes: [{ version: 4 }] });
    expect(await reader.next("water")).toMatchObject({ seq: 4, changes: [{ version: 2 }] });
    await reader.close();
    await tell([9, 1]);
    await stage.kill();
    await stage.startAgain();
    const back = await openRoomSocket(url());
    expect(await back.next("welcome")).toMatchObject({ seq: 5, epoch });
    back.send({ type: "sync", after: 3 });
    const missed = await back.next("water");
    expect(missed.changes.map(({ dockId, version }) => [dockId, version])).toEqual([[7, 2], [
      9,
      1,
    ]]);
    await back.close();
  });

  test("takes no word from its readers, no foreign page, and no more than it can hold", async () => {
    const reader = await openRoomSocket(url());
    const other = await openRoomSocket(url());
    await Promise.all([reader.next("welcome"), other.next("welcome")]);
    for (let i = 0; i < 3; i++) reader.send({ type: "message.send", clientId: "a", text: "hi" });
    expect(await reader.closed).toMatchObject({ code: CLOSE.badFrames });
    expect(other.frames.map(({ type }) => type)).toEqual(["welcome"]);
    const refused = async (opened: Promise<RoomSocket>) =>
      await opened.then(() => "open", (error: SocketRefused) => error.status);
    expect(await refused(openRoomSocket(url(), "https://evil.example"))).toBe(403);
    expect(await refused(openRoomSocket(url("world")))).toBe(404);
    expect(await refused(openRoomSocket(url("030222")))).toBe(404);
    const more = [await openRoomSocket(url()), await openRoomSocket(url())];
    await Promise.all(more.map((socket) => socket.next("welcome")));
    const full = await openRoomSocket(url());
    expect(await full.closed).toMatchObject({ code: CLOSE.crowded });
    await Promise.all([other, ...more].map((socket) => socket.close()));
    const forged = await fetch(`http://${stage.host}/parties/water/${WATER}`, {
      method: "POST",
      body: JSON.stringify({ kind: "water", changes: [] }),
    });
    expect(forged.status).toBe(401);
  });
});
