import { describe, expect, it } from "vitest";
import type { Booking } from "../../shared/booking.ts";
import { ApiFailure } from "../api/http.ts";
import type { Http, RequestOptions } from "../api/http.ts";
import type { BookingOptions, BookingView } from "../room/connect-booking.ts";
import { createBookingRoom } from "./booking-room.ts";

function booking(version: number, status: Booking["status"]): Booking {
  // Only what the store reads.
  return { id: "b", version, status, deadline: null } as Booking;
}

function setUp(first = booking(2, "requested")) {
  const reads: { answer(value: Booking): void }[] = [];
  const sent: { path: string; options: RequestOptions }[] = [];
  let onSend: () => Promise<Booking> = () => Promise.reject(new Error("not expected"));
  let show: BookingOptions["onChange"] = () => undefined;
  const http = {
    get: () => new Promise((resolve) => reads.push({ answer: resolve })),
    send(_method: string, path: string, options: RequestOptions) {
      sent.push({ path, options });
      return onSend();
    },
  } as unknown as Http;
  let keys = 0;
  const room = createBookingRoom({
    http,
    bookingId: "b",
    newKey: () => `key ${++keys}`,
    connect(options) {
      show = options.onChange;
      return { view: {} as BookingView, wake: () => undefined, close: () => undefined };
    },
  });
  room.open();
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return {
    room,
    reads,
    sent,
    settled,
    first: async () => {
      reads[0]!.answer(first);
      await settled();
    },
    answer: (next: () => Promise<Booking>) => void (onSend = next),
    tell: (state: BookingView["booking"]) =>
      show({ status: "live", booking: state, payment: null, members: [] }),
    shown: () => {
      const { value } = room.state.value;
      return value && `${value.version} ${value.status}`;
    },
  };
}

describe("createBookingRoom", () => {
  it("shows what the room tells at once, and reads the rest", async () => {
    const { first, tell, shown, reads, settled } = setUp();
    await first();
    tell({ version: 5, status: "confirmed", deadline: null });
    expect(shown()).toBe("5 confirmed");
    expect(reads).toHaveLength(2);
    reads[1]!.answer(booking(5, "confirmed"));
    await settled();
    expect(shown()).toBe("5 confirmed");
  });

  it("catches up with what the room told while the booking was on its way", async () => {
    const { first, tell, shown } = setUp();
    tell({ version: 5, status: "declined" });
    expect(shown()).toBeUndefined();
    await first();
    expect(shown()).toBe("5 declined");
  });

  it("never goes back: not by the room, not by a slow answer", async () => {
    const { first, tell, shown, reads, settled, room } = setUp(booking(5, "confirmed"));
    await first();
    tell({ version: 4, status: "requested" });
    expect(shown()).toBe("5 confirmed");
    expect(reads).toHaveLength(1);
    void room.load();
    reads[1]!.answer(booking(3, "requested"));
    await settled();
    expect(shown()).toBe("5 confirmed");
  });

  it("moves with the version that is shown, and shows what came of it", async () => {
    const { first, room, answer, sent, shown } = setUp();
    await first();
    answer(() => Promise.resolve(booking(6, "confirmed")));
    expect(await room.move("accept")).toBe(true);
    expect(sent[0]).toMatchObject({ path: "bookings/b/accept", options: { ifMatch: 2 } });
    expect(shown()).toBe("6 confirmed");
  });

  it("keeps what came of a move where an older answer was on its way", async () => {
    const { first, room, answer, shown, reads, settled } = setUp();
    await first();
    void room.load();
    answer(() => Promise.resolve(booking(6, "cancelled")));
    await room.move("cancel");
    reads[1]!.answer(booking(4, "confirmed"));
    await settled();
    expect(shown()).toBe("6 cancelled");
  });

  it("repeats an unanswered move as the same request", async () => {
    const { first, room, answer, sent } = setUp();
    await first();
    answer(() => Promise.reject(new ApiFailure("offline", "away")));
    expect(await room.move("cancel")).toBe(false);
    await room.move("cancel");
    await room.move("decline");
    const keys = sent.map(({ options }) => options.idempotencyKey);
    expect(keys).toEqual(["key 1", "key 1", "key 2"]);
  });

  it("shows the booking as it is now where a move came too late", async () => {
    const { first, room, answer, shown } = setUp();
    await first();
    const stale = new ApiFailure("stale", "changed", { current: booking(7, "cancelled") });
    answer(() => Promise.reject(stale));
    await room.move("accept");
    expect(shown()).toBe("7 cancelled");
    expect(room.refusal.value).toBe(stale);
    expect(room.moving.value).toBeNull();
  });
});
