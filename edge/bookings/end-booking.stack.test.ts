import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booking } from "../../shared/booking.ts";
import { signUp, type TestPerson } from "../local/test-edge.ts";
import {
  type Booked,
  type BookingWorld,
  codeOf,
  createBookingWorld,
  STAY,
} from "./booking-world.fixture.ts";
import { sweepBookings } from "./sweep-bookings.ts";

let world: BookingWorld;
beforeAll(async () => {
  world = await createBookingWorld();
});
afterAll(() => world.edge.close());

describe("cancelling a paid stay", () => {
  it.each(
    [
      ["flexible", "25 hours", 100],
      ["flexible", "23 hours", 0],
      ["moderate", "121 hours", 100],
      ["moderate", "25 hours", 50],
      ["moderate", "1 hour", 0],
      ["strict", "337 hours", 100],
      ["strict", "169 hours", 50],
      ["strict", "167 hours", 0],
    ] as const,
  )("under the %s policy, %s before check-in, gives %i %% back", async (policy, ahead, percent) => {
    const made = await world.paid({ cancellationPolicy: policy });
    const { guest, booking } = made;
    await world.facts.checkInAt(booking.id, ahead);
    const cancelled = Booking.parse(await (await world.move(guest, made, "cancel")).json());
    const back = Math.round(booking.totalMinor * percent / 100);
    expect(cancelled).toMatchObject({ status: "cancelled", owedMinor: booking.totalMinor - back });
    const refunds = await world.tasksOf(made, "refund");
    // The deposit goes back whole, whatever the policy keeps.
    expect(refunds).toMatchObject([{ amount_minor: back + 5_000, deposit_minor: 5_000 }]);
    await world.facts.refunded(refunds[0]!);
    expect(await world.facts.balance(booking.id, "guest")).toBe(0);
    expect(await world.facts.balance(booking.id, "deposit")).toBe(0);
    expect(await world.facts.balance(booking.id, "provider")).toBe(booking.totalMinor - back);
  });

  it("keeps the tiers that it was booked under", async () => {
    const made = await world.paid({ cancellationPolicy: "flexible" });
    const { dockId } = made.booking;
    const dock = await (await world.host.fetch(`GET /api/docks/${dockId}`)).json();
    const edited = await world.host.fetch(
      `PATCH /api/docks/${dockId}`,
      { cancellationPolicy: "strict" },
      { "If-Match": `"${dock.version}"` },
    );
    expect(edited.status).toBe(200);
    await world.facts.checkInAt(made.booking.id, "25 hours");
    await world.move(made.guest, made, "cancel");
    expect((await world.read(made)).owedMinor).toBe(0);
  });

  it("by its host gives all back, at whatever hour", async () => {
    const made = await world.paid({ cancellationPolicy: "strict" });
    await world.facts.checkInAt(made.booking.id, "1 hour");
    await world.move(world.host, made, "cancel");
    expect(await world.tasksOf(made, "refund")).toMatchObject([
      { amount_minor: made.booking.owedMinor, reason: "cancel-by-host" },
    ]);
  });

  it("twice, or by guest and host at once, is one cancellation", async () => {
    const made = await world.paid();
    const answers = await Promise.all([
      world.move(made.guest, made, "cancel"),
      world.move(world.host, made, "cancel"),
      world.move(made.guest, made, "cancel"),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.tasksOf(made, "refund")).toHaveLength(1);
  });

  it("at the moment of its payment ends with nothing over", async () => {
    for (let round = 0; round < 4; round++) {
      const made = await world.held();
      const { guest, booking } = made;
      const { id, amount_minor } = await world.facts.newest(booking.id);
      await world.facts.opened(id);
      await Promise.all([
        world.facts.captured(id, amount_minor),
        world.move(guest, made, "cancel"),
      ]);
      // Held or confirmed, so far ahead a guest who cancels gets everything back.
      expect((await world.read(made)).status).toBe("cancelled");
      const refunds = await world.tasksOf(made, "refund");
      expect(refunds.reduce((sum, task) => sum + task.amount_minor!, 0)).toBe(amount_minor);
      for (const task of refunds) await world.facts.refunded(task);
      expect(await world.facts.balance(booking.id, "provider")).toBe(0);
      expect(await world.facts.balance(booking.id, "guest")).toBe(0);
    }
  });
});

describe("a boat that does not come", () => {
  it("is said by the host once the berth is no longer kept, and never before", async () => {
    const made = await world.paid({ cancellationPolicy: "flexible" });
    await world.facts.checkInAt(made.booking.id, "-5 hours");
    const early = await world.move(world.host, made, "no-show");
    expect(await early.json()).toMatchObject({
      code: "move-not-allowed",
      current: { status: "confirmed" },
    });
    await world.facts.checkInAt(made.booking.id, "-7 hours");
    expect((await world.move(made.guest, made, "no-show")).status).toBe(403);
    const answer = await world.move(world.host, made, "no-show");
    expect((await answer.json()).status).toBe("no_show");
    expect(await world.isTaken(made)).toBe(false);
    // The policy keeps the price; the deposit goes back.
    expect(await world.tasksOf(made, "refund")).toMatchObject([
      { amount_minor: 5_000, deposit_minor: 5_000 },
    ]);
  });
});

describe("a stay that nobody ends", () => {
  it("is over a day after check-out, however many sweep, and not before", async () => {
    const [agreed, lying] = [await world.paid(), await world.paid()];
    for (const { booking } of [agreed, lying]) await world.facts.checkInAt(booking.id, "-92 hours");
    await world.move(world.host, lying, "check-in");
    await sweepBookings(world.edge.sql);
    expect((await world.read(agreed)).status).toBe("confirmed");
    for (const { booking } of [agreed, lying]) await world.facts.checkInAt(booking.id, "-97 hours");
    await Promise.all([1, 2, 3].map(() => sweepBookings(world.edge.sql)));
    for (const made of [agreed, lying]) {
      expect((await world.read(made)).status).toBe("completed");
      expect(await world.tasksOf(made)).toEqual([]);
      const completed = await world.edge.sql.query(
        "SELECT FROM event WHERE booking_id = $1 AND kind = 'booking.complete'",
        [made.booking.id],
      );
      expect(completed).toHaveLength(1);
    }
  });
});

describe("POST /api/bookings/{id}/deposit", () => {
  const claim = (person: TestPerson, made: Booked, keepMinor: number) =>
    world.move(person, made, "deposit", { keepMinor, reason: "A bent cleat" });

  async function arrived(): Promise<Booked> {
    const made = await world.paid();
    await world.facts.checkInAt(made.booking.id, "-1 hour");
    await world.move(world.host, made, "check-in");
    return made;
  }

  it("keeps a part once, and the rest goes back", async () => {
    const made = await arrived();
    const { guest, booking } = made;
    expect((await claim(guest, made, 2_000)).status).toBe(403);
    expect((await claim(await signUp(world.edge, "Sten"), made, 2_000)).status).toBe(404);
    expect(await codeOf(claim(world.host, made, 5_001))).toBe("invalid");
    const kept = Booking.parse(await (await claim(world.host, made, 2_000)).json());
    expect(kept.depositKept).toEqual({ keptMinor: 2_000, reason: "A bent cleat" });
    const refunds = await world.tasksOf(made, "refund");
    expect(refunds).toMatchObject([
      { amount_minor: 3_000, deposit_minor: 3_000, reason: "deposit" },
    ]);
    expect(await codeOf(claim(world.host, made, 1_000))).toBe("move-not-allowed");
    await world.facts.refunded(refunds[0]!);
    expect(await world.facts.balance(booking.id, "deposit")).toBe(0);
    expect(await world.facts.balance(booking.id, "guest")).toBe(0);
    const history = await (await guest.fetch(`GET /api/bookings/${booking.id}/history`)).text();
    expect(history).toContain("booking.keep-deposit");
    expect(history).not.toContain("cleat");
  });

  it("is refused before the guest has come", async () => {
    const made = await world.paid();
    expect(await codeOf(claim(world.host, made, 1))).toBe("move-not-allowed");
  });

  it("goes back by itself two days after check-out, once", async () => {
    const made = await arrived();
    await world.facts.checkInAt(made.booking.id, "-6 days");
    const due = await world.edge.sql.query<{ id: string }>("SELECT deposits_due(100) AS id");
    expect(due.map(({ id }) => id)).toContain(made.booking.id);
    const sent = await Promise.all(
      [1, 2, 3].map(() =>
        world.edge.sql.query<{ sent: number }>("SELECT return_deposit($1) AS sent", [
          made.booking.id,
        ])
      ),
    );
    expect(sent.flat().filter((row) => row.sent === 5_000)).toHaveLength(1);
    expect(await world.tasksOf(made, "refund")).toMatchObject([
      { amount_minor: 5_000, reason: "deposit" },
    ]);
  });
});

describe("GET /api/bookings/{id}/history", () => {
  it("tells who did what, before and after, with versions and amounts", async () => {
    const made = await world.paid();
    const { guest, booking } = made;
    await world.move(guest, made, "cancel");
    const list = async (query: string) =>
      (await guest.fetch(`GET /api/bookings/${booking.id}/history?${query}`)).json();
    const page = await list("limit=2");
    expect(page.items).toMatchObject([
      {
        kind: "booking.create",
        actor: { id: guest.id, role: "guest" },
        before: null,
        after: { status: "held", ...STAY, dockId: booking.dockId, totalMinor: booking.totalMinor },
      },
      {
        kind: "booking.pay",
        version: booking.version,
        actor: { id: null, role: "system" },
        before: { status: "held", payment: { status: "open" } },
        after: { status: "confirmed", deadline: null, payment: { status: "captured" } },
      },
    ]);
    const rest = await list(`cursor=${page.nextCursor}`);
    expect(rest).toMatchObject({
      items: [{
        kind: "booking.cancel",
        before: { status: "confirmed", version: booking.version },
        after: { status: "cancelled", owedMinor: 0 },
        amounts: { refundMinor: booking.owedMinor, keptMinor: 0, currency: "USD" },
      }],
      nextCursor: null,
    });
    expect(rest.items[0].after.version).toBe(rest.items[0].version);
    const stranger = await signUp(world.edge, "Sten Stranger");
    expect((await stranger.fetch(`GET /api/bookings/${booking.id}/history`)).status).toBe(404);
  });
});

it("the ledger of all of it adds up to nothing", async () => {
  expect(await world.sumOfLedger()).toBe(0);
});
