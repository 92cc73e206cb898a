import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tick } from "../events/tick.ts";
import { signUp } from "../local/test-edge.ts";
import { bookStay } from "../local/test-harbour.ts";
import {
  type Booked,
  type BookingWorld,
  codeOf,
  createBookingWorld,
  RATE,
  STAY,
} from "./booking-world.fixture.ts";

let world: BookingWorld;
beforeAll(async () => {
  world = await createBookingWorld();
});
afterAll(() => world.edge.close());

const DEAR = { currency: "USD", basis: "per_night", minor: 20_000 } as const;
const NEXT = { from: "2027-07-10", to: "2027-07-11" };
const otherBooks = async (dockId: number, stay: typeof NEXT) =>
  bookStay(await signUp(world.edge, "Olga Other"), dockId, stay);
const renewed = async (made: Booked): Promise<Booked> => ({
  ...made,
  booking: await world.read(made),
});

describe("a change that costs more by card", () => {
  it("is made at once where the difference is less than a card can be asked for", async () => {
    const made = await world.paid();
    const rate = { ...RATE, minor: RATE.minor + 5 };
    const { id: dockId } = await world.harbour.addDock({ collection: "online", rate });
    const after = await world.changed(made, { dockId });
    const { totalMinor, owedMinor } = made.booking;
    expect(after).toMatchObject({ dockId, totalMinor, owedMinor, change: null });
    const waived = after.lines.find(({ code }) => code === "waived");
    expect(waived?.amountMinor).toBeLessThan(0);
    expect(after.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(totalMinor);
    expect(await world.facts.balance(made.booking.id, "guest")).toBe(0);
    expect(await world.facts.payments(made.booking.id)).toHaveLength(1);
  });

  it("holds the nights until they are paid, and then is made", async () => {
    const made = await world.paid();
    const { booking } = made;
    const waiting = await world.changed(made, { to: "2027-07-12" });
    expect(waiting).toMatchObject({
      to: STAY.to,
      totalMinor: booking.totalMinor,
      payment: { purpose: "change", status: "open" },
      change: { to: "2027-07-12", from: STAY.from },
    });
    const due = waiting.change!.dueMinor;
    expect(waiting.change!.totalMinor).toBe(booking.totalMinor + due);
    expect(waiting.payment!.amountMinor).toBe(due);
    expect(await codeOf(otherBooks(booking.dockId, NEXT))).toBe("dates-taken");
    await world.facts.pay(booking);
    expect(await world.read(made)).toMatchObject({
      to: "2027-07-12",
      change: null,
      owedMinor: booking.owedMinor + due,
      payment: { purpose: "change", status: "captured", capturedMinor: booking.owedMinor + due },
    });
    expect(await world.rowsOf(booking.dockId)).toEqual([
      { nights: "[2027-07-03,2027-07-12)", span: "[0,)", source: "booking" },
    ]);
    expect(await world.facts.balance(booking.id, "guest")).toBe(0);
    expect(await world.facts.balance(booking.id, "provider")).toBe(booking.owedMinor + due);
  });

  it("ends unpaid: the nights are free, the stay is as it was, late money goes back", async () => {
    const made = await world.paid();
    const { booking } = made;
    await world.changed(made, { to: "2027-07-12" });
    const { id, amount_minor } = await world.facts.newest(booking.id);
    await world.facts.opened(id);
    await world.facts.overdue(booking.id);
    // The next booking need not wait for the sweeper.
    expect((await otherBooks(booking.dockId, NEXT)).status).toBe(201);
    await Promise.all([1, 2, 3].map(() => tick(world.edge.deps)));
    expect(await world.read(made)).toMatchObject({
      to: STAY.to,
      change: null,
      owedMinor: booking.owedMinor,
    });
    expect(await world.tasksOf(made)).toMatchObject([{ kind: "cancel", payment_id: id }]);
    await world.facts.captured(id, amount_minor);
    expect(await world.tasksOf(made)).toMatchObject([
      { kind: "cancel", state: "done" },
      { kind: "refund", amount_minor, payment_id: id },
    ]);
    expect((await world.read(made)).to).toBe(STAY.to);
  });

  it("is made late where the nights are free still", async () => {
    const made = await world.paid();
    await world.changed(made, { to: "2027-07-12" });
    const { id, amount_minor } = await world.facts.newest(made.booking.id);
    await world.facts.overdue(made.booking.id);
    await tick(world.edge.deps);
    await Promise.all([1, 2].map(() => world.facts.captured(id, amount_minor)));
    expect((await world.read(made)).to).toBe("2027-07-12");
    expect(await world.tasksOf(made, "refund")).toEqual([]);
  });

  it("is paid or ends, whole, when its money and the sweepers come at once", async () => {
    for (let round = 0; round < 4; round++) {
      const made = await world.paid();
      await world.changed(made, { to: "2027-07-12" });
      const { id, amount_minor } = await world.facts.newest(made.booking.id);
      await world.facts.overdue(made.booking.id);
      const [taken] = await Promise.all([
        otherBooks(made.booking.dockId, NEXT),
        tick(world.edge.deps),
        world.facts.captured(id, amount_minor),
        tick(world.edge.deps),
      ]);
      const isMade = (await world.read(made)).to === "2027-07-12";
      expect(isMade).toBe(!taken.ok);
      expect(await world.tasksOf(made, "refund")).toHaveLength(isMade ? 0 : 1);
    }
  });

  it("is replaced by another wish, and what was paid for it goes back", async () => {
    const made = await world.paid();
    const first = await world.changed(made, { to: "2027-07-12" });
    const { id, amount_minor } = await world.facts.newest(made.booking.id);
    await world.facts.opened(id);
    const second = await world.changed({ ...made, booking: first }, { to: "2027-07-13" });
    expect(second.change).toMatchObject({ to: "2027-07-13" });
    await world.facts.captured(id, amount_minor);
    expect(await world.read(made)).toMatchObject({ to: STAY.to, change: { to: "2027-07-13" } });
    await world.facts.pay(made.booking);
    expect((await world.read(made)).to).toBe("2027-07-13");
    expect(await world.tasksOf(made, "refund")).toMatchObject([{ payment_id: id, amount_minor }]);
  });

  it("to another berth holds that one, in whichever order the docks lie", async () => {
    const before = await world.harbour.addDock({ collection: "online", rate: DEAR });
    const made = await world.paid();
    const after = await world.harbour.addDock({ collection: "online", rate: DEAR });
    for (const dock of [before, after]) {
      const waiting = await world.changed(await renewed(made), { dockId: dock.id });
      expect(waiting.change?.dockId).toBe(dock.id);
      expect(await world.rowsOf(dock.id)).toMatchObject([{ source: "change" }]);
    }
    await world.facts.pay(made.booking);
    expect((await world.read(made)).dockId).toBe(after.id);
    expect(await world.rowsOf(before.id)).toEqual([]);
    expect(await world.rowsOf(made.booking.dockId)).toEqual([]);
    expect(await world.rowsOf(after.id)).toMatchObject([{ source: "booking" }]);
  });

  it("along a quay holds only what it adds", async () => {
    const made = await world.paid({ kind: "side_tie", lengthCm: 2_700, gapCm: 100 });
    const { dockId } = made.booking;
    expect((await otherBooks(dockId, NEXT)).status).toBe(201);
    const waiting = await world.changed(made, { to: "2027-07-12" });
    expect(waiting.spanCm).toEqual([0, 1_300]);
    expect(await world.rowsOf(dockId)).toEqual([
      { nights: "[2027-07-03,2027-07-10)", span: "[0,1300)", source: "booking" },
      { nights: "[2027-07-03,2027-07-10)", span: "[1300,2600)", source: "change" },
      { nights: "[2027-07-10,2027-07-11)", span: "[0,1300)", source: "booking" },
      { nights: "[2027-07-10,2027-07-12)", span: "[1300,2600)", source: "change" },
    ]);
    await world.facts.pay(made.booking);
    expect(await world.read(made)).toMatchObject({ to: "2027-07-12", spanCm: [1_300, 2_600] });
    expect(await world.rowsOf(dockId)).toHaveLength(2);
  });

  it("goes with the stay when that is cancelled", async () => {
    const made = await world.paid();
    await world.changed(made, { to: "2027-07-12" });
    await world.facts.opened((await world.facts.newest(made.booking.id)).id);
    await world.move(made.guest, made, "cancel");
    expect(await world.rowsOf(made.booking.dockId)).toEqual([]);
    const kinds = (await world.tasksOf(made)).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["cancel", "refund"]));
    expect(kinds).toHaveLength(2);
  });
});

describe("a change that costs less by card", () => {
  it("gives the difference back where the policy gives all", async () => {
    const made = await world.paid();
    const shorter = await world.changed(made, { to: "2027-07-05" });
    expect(shorter.owedMinor).toBe(shorter.totalMinor + 5_000);
    expect(await world.tasksOf(made)).toMatchObject([{
      kind: "refund",
      amount_minor: made.booking.totalMinor - shorter.totalMinor,
      deposit_minor: 0,
      reason: "changed",
    }]);
  });

  it("keeps what the policy keeps of the nights given up, as a line of its own", async () => {
    const made = await world.paid({ cancellationPolicy: "moderate" });
    const { booking } = made;
    await world.facts.checkInAt(booking.id, "48 hours");
    const shorter = await world.changed(await renewed(made), { to: "2027-07-05" });
    const kept = shorter.lines.find((line) => line.code === "kept")!;
    const given = booking.totalMinor - (shorter.totalMinor - kept.amountMinor);
    expect(kept.amountMinor).toBe(given - Math.round(given / 2));
    expect(shorter.lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(shorter.totalMinor);
    expect(await world.tasksOf(made)).toMatchObject([{ amount_minor: Math.round(given / 2) }]);
    expect(await world.facts.balance(booking.id, "guest")).toBe(-Math.round(given / 2));
  });

  it("is no way around the policy: a stay moved far away gives back no more", async () => {
    const made = await world.paid({ cancellationPolicy: "moderate" });
    await world.facts.checkInAt(made.booking.id, "48 hours");
    const far = { from: "2027-10-03", to: "2027-10-10" };
    const moved = await world.changed(await renewed(made), far);
    await world.move(made.guest, made, "cancel");
    expect((await world.read(made)).owedMinor).toBe(
      moved.totalMinor - Math.round(moved.totalMinor / 2),
    );
  });
});

it("the ledger of all of it adds up to nothing", async () => {
  expect(await world.sumOfLedger()).toBe(0);
});
