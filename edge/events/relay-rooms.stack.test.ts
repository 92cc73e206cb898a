import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogEntry } from "../../shared/chat.ts";
import { frameToEntry } from "../../shared/chat.ts";
import type { Hub } from "../platform/hub.ts";
import { type ProductStage, stageProduct } from "../local/product-stage.ts";
import { openRoomSocket } from "../local/room-socket.ts";
import { signUp } from "../local/test-edge.ts";
import { bookStay } from "../local/test-harbour.ts";
import { relayEvents } from "./relay-events.ts";
import { relayWater } from "./relay-water.ts";
import { tick } from "./tick.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };

let stage: ProductStage;

beforeAll(async () => {
  stage = await stageProduct();
});
afterAll(() => stage.stop());

/** A hub behind a relay that is killed after so many words: what was said was said. */
function dyingHub(words: number): Hub {
  let left = words;
  return {
    ...stage.hub,
    async publish(...told: Parameters<Hub["publish"]>) {
      if (left-- <= 0) throw new Error("killed");
      await stage.hub.publish(...told);
    },
  };
}

const notesOf = (entries: readonly LogEntry[]) =>
  entries.flatMap((entry) =>
    entry.kind === "message" && entry.booking
      ? [[entry.booking.version, entry.booking.status] as const]
      : []
  );

async function enter(room: string, userId: string) {
  const { url } = await stage.hub.issueTicket({ room, userId, sessionId: "s" });
  return await openRoomSocket(url);
}

/** The moves that a conversation tells, as its room has them. */
async function toldIn(threadId: string, userId: string) {
  const socket = await enter(`thread:${threadId}`, userId);
  socket.send({ type: "sync", after: 0 });
  await socket.next("synced");
  await socket.close();
  return notesOf(socket.frames.map(frameToEntry).filter((entry) => entry !== undefined));
}

describe("booking moves in rooms", () => {
  it("come once and in order, wherever the relay was killed", async () => {
    const { edge, hub, harbour } = stage;
    const { sql } = edge;
    for (let words = 0; words <= 12; words++) {
      const guest = await signUp(edge, "Gus");
      const dock = await harbour.addDock({ instantBook: false });
      const booking = await (await bookStay(guest, dock.id, STAY)).json() as {
        id: string;
        threadId: string;
      };
      await harbour.host.fetch(`POST /api/bookings/${booking.id}/accept`);
      await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
      await edge.settle();
      // As if none of it had been told: the rooms have it, the outbox does not know.
      await sql.query(`UPDATE event SET relayed_at = NULL WHERE booking_id = $1`, [booking.id]);
      await relayEvents({ sql, hub: dyingHub(words) }).catch(() => {});
      await Promise.all([relayEvents({ sql, hub }), relayEvents({ sql, hub })]);
      expect(await relayEvents({ sql, hub })).toBe(0);

      const room = await enter(`booking:${booking.id}`, guest.id);
      expect((await room.next("welcome")).state.booking).toMatchObject({ status: "cancelled" });
      await room.close();
      const versions = await toldIn(booking.threadId, guest.id);
      expect(versions.map(([, status]) => status)).toEqual(["requested", "confirmed", "cancelled"]);
      expect(versions.map(([version]) => version))
        .toEqual(versions.map(([version]) => version).toSorted((a, b) => a - b));
    }
  });

  it("that commit in another order than they began are all told", async () => {
    const { edge, hub, harbour } = stage;
    const { sql } = edge;
    const guest = await signUp(edge, "Gus");
    const docks = await Promise.all([harbour.addDock(), harbour.addDock(), harbour.addDock()]);
    const bookings: { id: string; threadId: string }[] = [];
    for (const dock of docks) {
      bookings.push(await (await bookStay(guest, dock.id, STAY)).json() as typeof bookings[number]);
    }
    await edge.settle();
    await relayEvents({ sql, hub });
    const move = `SELECT move_booking($1, $2, 'guest', 'cancel', NULL)`;
    const cancel = (tx: typeof sql, id: string) => tx.query(move, [id, guest.id]);
    const [slow, quick, third] = bookings;
    let begun: () => void = () => {};
    const hasBegun = new Promise<void>((resolve) => begun = resolve);
    let letCommit: () => void = () => {};
    const mayCommit = new Promise<void>((resolve) => letCommit = resolve);
    const long = sql.transaction(async (tx) => {
      await cancel(tx, slow!.id);
      begun();
      await mayCommit;
    });
    await hasBegun;
    await cancel(sql, quick!.id);
    expect(await relayEvents({ sql, hub })).toBe(1);
    letCommit();
    await long;
    await cancel(sql, third!.id);
    expect(await relayEvents({ sql, hub })).toBe(2);
    for (const { threadId } of bookings) {
      const statuses = (await toldIn(threadId, guest.id)).map(([, status]) => status);
      expect(statuses).toEqual(["confirmed", "cancelled"]);
    }
  });
});

describe("a dock's changes in its water", () => {
  it("are told to whoever looks, nights and all, and nobody's name", async () => {
    const { edge, hub, harbour } = stage;
    const { sql } = edge;
    await relayWater({ sql, hub });
    const found = await edge.fetch("GET /api/realtime/water?bbox=-71.4,41.4,-71.2,41.6");
    const { rooms } = await found.json() as { rooms: { url: string }[] };
    expect(rooms.length).toBeGreaterThan(0);
    const readers = await Promise.all(rooms.map(({ url }) => openRoomSocket(url)));
    await Promise.all(readers.map((reader) => reader.next("welcome")));
    const dock = await harbour.addDock();
    const guest = await signUp(edge, "Gus Guest");
    await bookStay(guest, dock.id, STAY);
    await harbour.host.fetch(`POST /api/docks/${dock.id}/blocks`, {
      from: "2027-08-01",
      to: "2027-08-03",
    });
    await tick(edge.deps);
    const taken = await Promise.any(
      readers.map((reader) =>
        reader.next("water", ({ changes }) => changes.some(({ from }) => from === STAY.from))
      ),
    );
    expect(taken.changes.find(({ from }) => from === STAY.from))
      .toMatchObject({ dockId: dock.id, what: "taken", to: STAY.to });
    const blocked = await Promise.any(
      readers.map((reader) =>
        reader.next("water", ({ changes }) => changes.some(({ from }) => from === "2027-08-01"))
      ),
    );
    expect(blocked.changes.at(-1)).toMatchObject({ dockId: dock.id, what: "taken" });
    const all = JSON.stringify(readers.map(({ frames }) => frames));
    expect(all).not.toContain(guest.id);
    expect(all).not.toContain("Gus");
    expect(await relayWater({ sql, hub })).toBe(0);
    // What waits for a close that never comes is not waited for.
    await Promise.allSettled(readers.map((reader) => reader.close()));
    const wide = await edge.fetch("GET /api/realtime/water?bbox=-60,10,-20,50");
    expect(await wide.json()).toEqual({ rooms: [] });
    expect((await edge.fetch("GET /api/realtime/water?bbox=1,2,3")).status).toBe(422);
  });
});
