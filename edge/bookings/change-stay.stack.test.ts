import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booking } from "../../shared/booking.ts";
import { dateToDay, dayToDate } from "../../shared/stay.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { tick } from "../events/tick.ts";
import { paymentFacts } from "./payment-facts.fixture.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;
let facts: ReturnType<typeof paymentFacts>;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
  facts = paymentFacts(edge.sql);
});
afterAll(async () => {
  const [ledger] = await edge.sql.query<{ sum: number }>(
    "SELECT coalesce(sum(amount_minor), 0)::bigint AS sum FROM ledger_entry",
  );
  expect(ledger!.sum).toBe(0);
  await edge.close();
});

type DockValues = Parameters<TestHarbour["addDock"]>[0];

async function booked(values: DockValues = {}, stay = STAY): Promise<Booking> {
  const dock = await harbour.addDock(values);
  return Booking.parse(await (await bookStay(guest, dock.id, stay)).json());
}

async function paid(values: DockValues = {}, stay = STAY): Promise<Booking> {
  const booking = await booked({ collection: "online", ...values }, stay);
  await facts.pay(booking);
  return read(booking);
}

async function read({ id }: Pick<Booking, "id">): Promise<Booking> {
  return Booking.parse(await (await guest.fetch(`GET /api/bookings/${id}`)).json());
}

interface Wish {
  from?: string;
  to?: string;
  dockId?: number;
}

/** Asks for the quote of a change and for the change, as a client does. */
async function change(
  booking: Booking,
  wish: Wish,
  options: { key?: string; version?: number; person?: TestPerson } = {},
): Promise<Response> {
  const person = options.person ?? guest;
  const { from, to, dockId } = { ...booking, ...wish };
  const query = new URLSearchParams({ from, to, bookingId: booking.id });
  const quoted = await guest.fetch(`GET /api/docks/${dockId}/quote?${query}`);
  if (!quoted.ok) return quoted;
  const { quote } = await quoted.json();
  return person.fetch(`POST /api/bookings/${booking.id}/extend`, { ...wish, quote }, {
    "If-Match": `"${options.version ?? booking.version}"`,
    "Idempotency-Key": options.key ?? crypto.randomUUID(),
  });
}

async function changed(booking: Booking, wish: Wish): Promise<Booking> {
  const answer = await change(booking, wish);
  const body = await answer.json();
  expect(body.detail ?? "").toBe("");
  return Booking.parse(body);
}

async function code(answer: Promise<Response>): Promise<string> {
  return (await (await answer).json()).code;
}

const rowsOf = (dockId: number) =>
  edge.sql.query<{ nights: string; span: string; source: string }>(
    `SELECT nights::text, span::text, source FROM occupancy WHERE dock_id = $1
     ORDER BY nights, span`,
    [dockId],
  );

describe("a change of a stay whose fee is taken ashore", () => {
  it("is made at once: longer, shorter, other nights", async () => {
    const booking = await booked();
    const longer = await changed(booking, { to: "2027-07-12" });
    expect(longer).toMatchObject({ to: "2027-07-12", totalMinor: 9 * 9_000, status: "confirmed" });
    expect(longer.version).toBeGreaterThan(booking.version);
    expect(longer.checkOutAt).toBe("2027-07-12T16:00:00.000Z");
    const shorter = await changed(longer, { to: "2027-07-05" });
    expect(shorter.totalMinor).toBe(2 * 9_000);
    const moved = await changed(shorter, { from: "2027-08-01", to: "2027-08-03" });
    expect(moved.checkInAt).toBe("2027-08-01T18:00:00.000Z");
    // What the tiers count from does not move away.
    expect(moved.policyFrom).toBe(booking.policyFrom);
    expect(await rowsOf(booking.dockId)).toEqual([
      { nights: "[2027-08-01,2027-08-03)", span: "[0,)", source: "booking" },
    ]);
    const { items } = await (await guest.fetch(`GET /api/bookings/${booking.id}/history`)).json();
    expect(items.map((item: { kind: string }) => item.kind)).toEqual(
      ["booking.create", "booking.change", "booking.change", "booking.change"],
    );
    expect(items[1]).toMatchObject({
      before: { to: "2027-07-10", version: booking.version },
      after: { to: "2027-07-12", version: longer.version },
      amounts: { differenceMinor: 18_000 },
    });
  });

  it("moves to another berth of the same host, and its version goes on", async () => {
    const booking = await booked();
    const other = await harbour.addDock({
      name: "C 3",
      rate: { currency: "USD", basis: "per_night", minor: 8_000 },
    });
    const first = await changed(booking, { to: "2027-07-11" });
    const moved = await changed(first, { dockId: other.id });
    expect(moved).toMatchObject({ dockId: other.id, totalMinor: 8 * 8_000 });
    expect(moved.version).toBeGreaterThan(first.version);
    expect(moved.threadId).not.toBe(booking.threadId);
    expect(await rowsOf(booking.dockId)).toEqual([]);
    expect(await rowsOf(other.id)).toHaveLength(1);
    expect((await bookStay(guest, booking.dockId, STAY)).status).toBe(201);
  });

  it("stays where it lies on a quay, or finds another place there", async () => {
    const quay = { kind: "side_tie", lengthCm: 4_000, gapCm: 100 } as const;
    const first = await booked(quay);
    const second = await bookStay(guest, first.dockId, { from: STAY.to, to: "2027-07-12" });
    expect(Booking.parse(await second.json()).spanCm).toEqual([0, 1_300]);
    // Her own place is taken for the next nights: elsewhere on the quay there is room.
    const longer = await changed(first, { to: "2027-07-11" });
    expect(longer.spanCm).toEqual([1_300, 2_600]);
    const shorter = await changed(longer, { to: "2027-07-09" });
    expect(shorter.spanCm).toEqual([1_300, 2_600]);
  });

  it("is refused where the nights are another's, with nothing changed", async () => {
    const booking = await booked();
    const other = await signUp(edge, "Olga Other");
    expect((await bookStay(other, booking.dockId, { from: STAY.to, to: "2027-07-12" })).status)
      .toBe(201);
    const answer = await change(booking, { to: "2027-07-11" });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: "dates-taken", nearest: expect.any(Array) });
    expect(await read(booking)).toEqual(booking);
  });

  it.each([
    ["min-nights", { minNights: 3 }, { to: "2027-07-05" }],
    ["max-nights", { maxNights: 8 }, { to: "2027-07-12" }],
    ["closed", { closures: [{ from: "07-12", to: "09-01" }] }, { to: "2027-07-13" }],
    ["past", {}, { from: "2026-07-03", to: "2026-07-08" }],
  ])("keeps the dock's rules: %s", async (rule, values, wish) => {
    const booking = await booked(values);
    const answer = await change(booking, wish);
    expect(await answer.json()).toMatchObject({ code: "stay-not-possible", rule });
  });

  it("says 428 without If-Match, 412 with the current record where it is stale", async () => {
    const booking = await booked();
    const blind = await guest.fetch(`POST /api/bookings/${booking.id}/extend`, {
      to: "2027-07-12",
      quote: "x",
    }, { "Idempotency-Key": "k" });
    expect(blind.status).toBe(428);
    const stale = await change(booking, { to: "2027-07-12" }, { version: booking.version - 1 });
    expect(stale.status).toBe(412);
    expect(await stale.json()).toMatchObject({
      code: "stale",
      current: { id: booking.id, version: booking.version },
    });
  });

  it("answers a retry with the first answer, also while the first is in flight", async () => {
    const booking = await booked();
    const key = crypto.randomUUID();
    const query = new URLSearchParams({ ...STAY, to: "2027-07-12", bookingId: booking.id });
    const { quote } = await (await guest.fetch(`GET /api/docks/${booking.dockId}/quote?${query}`))
      .json();
    const ask = () =>
      guest.fetch(`POST /api/bookings/${booking.id}/extend`, { to: "2027-07-12", quote }, {
        "If-Match": `"${booking.version}"`,
        "Idempotency-Key": key,
      });
    const texts = await Promise.all((await Promise.all(Array.from({ length: 8 }, ask))).map(
      (answer) => answer.text(),
    ));
    expect(new Set(texts).size).toBe(1);
    expect(JSON.parse(texts[0]!).to).toBe("2027-07-12");
    expect(await (await ask()).text()).toBe(texts[0]);
  });

  it("is its guest's alone, at docks of the same host", async () => {
    const booking = await booked();
    const wish = { to: "2027-07-12" };
    expect(await code(change(booking, wish, { person: harbour.host }))).toBe("forbidden");
    const stranger = await signUp(edge, "Sten Stranger");
    expect(await code(change(booking, wish, { person: stranger }))).toBe("not-found");
    const elsewhere = await createTestHarbour(edge);
    const { id: dockId } = await elsewhere.addDock();
    expect(await code(change(booking, { dockId }))).toBe("not-bookable");
    expect(await code(change(booking, {}))).toBe("invalid");
    const query = new URLSearchParams({ ...STAY, bookingId: booking.id });
    const quote = await stranger.fetch(`GET /api/docks/${booking.dockId}/quote?${query}`);
    expect(quote.status).toBe(404);
  });

  it("is a question to hosts who answer requests, but a shorter stay is not", async () => {
    const request = await booked({ instantBook: false });
    await harbour.host.fetch(`POST /api/bookings/${request.id}/accept`);
    const booking = await read(request);
    expect(await code(change(booking, { to: "2027-07-12" }))).toBe("not-bookable");
    expect((await changed(booking, { to: "2027-07-09" })).to).toBe("2027-07-09");
  });

  it("and a new booking: one of the two has the night", async () => {
    for (let round = 0; round < 5; round++) {
      const booking = await booked();
      const [longer, other] = await Promise.all([
        change(booking, { to: "2027-07-12" }),
        bookStay(guest, booking.dockId, { from: "2027-07-11", to: "2027-07-13" }),
      ]);
      expect([longer.status, other.status].toSorted()).toContain(409);
      expect([200, 201]).toContain(Math.min(longer.status, other.status));
      expect(await rowsOf(booking.dockId)).toHaveLength(longer.ok ? 1 : 2);
    }
  });

  it("of two stays into each other's berths never waits in a ring", async () => {
    const [one, two] = [await booked(), await booked({ name: "C 4" })];
    for (let round = 0; round < 6; round++) {
      const [a, b] = [await read(one), await read(two)];
      const free = await harbour.addDock({ name: "C 5" });
      const answers = await Promise.all([
        change(a, { dockId: round % 2 ? b.dockId : free.id }),
        change(b, { dockId: round % 2 ? free.id : a.dockId }),
      ]);
      for (const { status } of answers) expect([200, 409]).toContain(status);
    }
    expect(edge.errors).toEqual([]);
  });
});

describe("a change that costs more by card", () => {
  it("holds the nights until they are paid, and then is made", async () => {
    const booking = await paid();
    const waiting = await changed(booking, { to: "2027-07-12" });
    expect(waiting).toMatchObject({
      to: STAY.to,
      totalMinor: booking.totalMinor,
      payment: { purpose: "change", status: "open" },
      change: { to: "2027-07-12", from: STAY.from },
    });
    const due = waiting.change!.dueMinor;
    expect(waiting.change!.totalMinor).toBe(booking.totalMinor + due);
    expect(waiting.payment!.amountMinor).toBe(due);
    const other = await signUp(edge, "Olga Other");
    const next = { from: "2027-07-10", to: "2027-07-11" };
    expect(await code(bookStay(other, booking.dockId, next))).toBe("dates-taken");
    await facts.pay(booking);
    const longer = await read(booking);
    expect(longer).toMatchObject({
      to: "2027-07-12",
      change: null,
      owedMinor: booking.owedMinor + due,
      payment: { purpose: "change", status: "captured", capturedMinor: booking.owedMinor + due },
    });
    expect(await rowsOf(booking.dockId)).toEqual([
      { nights: "[2027-07-03,2027-07-12)", span: "[0,)", source: "booking" },
    ]);
    expect(await facts.balance(booking.id, "guest")).toBe(0);
    expect(await facts.balance(booking.id, "provider")).toBe(booking.owedMinor + due);
  });

  it("ends unpaid: the nights are free, the stay is as it was, the intent is ended", async () => {
    const booking = await paid();
    await changed(booking, { to: "2027-07-12" });
    const { id } = await facts.newest(booking.id);
    await facts.opened(id);
    await facts.overdue(booking.id);
    // The next booking need not wait for the sweeper.
    const other = await signUp(edge, "Olga Other");
    const next = { from: "2027-07-10", to: "2027-07-11" };
    expect((await bookStay(other, booking.dockId, next)).status).toBe(201);
    await Promise.all([tick(edge.deps), tick(edge.deps), tick(edge.deps)]);
    const after = await read(booking);
    expect(after).toMatchObject({ to: STAY.to, change: null, owedMinor: booking.owedMinor });
    expect((await facts.tasks(booking.id)).map(({ kind }) => kind)).toEqual(["cancel"]);
    // The money comes all the same: it goes back.
    const { amount_minor } = await facts.newest(booking.id);
    await facts.captured(id, amount_minor);
    expect(await facts.tasks(booking.id)).toMatchObject([
      { kind: "cancel", state: "done" },
      { kind: "refund", amount_minor, payment_id: id },
    ]);
    expect((await read(booking)).to).toBe(STAY.to);
  });

  it("is made late where the nights are free still", async () => {
    const booking = await paid();
    await changed(booking, { to: "2027-07-12" });
    const { id, amount_minor } = await facts.newest(booking.id);
    await facts.overdue(booking.id);
    await tick(edge.deps);
    await Promise.all([facts.captured(id, amount_minor), facts.captured(id, amount_minor)]);
    expect((await read(booking)).to).toBe("2027-07-12");
    expect((await facts.tasks(booking.id)).filter(({ kind }) => kind === "refund")).toEqual([]);
  });

  it("is replaced by another wish, and what was paid for it goes back", async () => {
    const booking = await paid();
    const first = await changed(booking, { to: "2027-07-12" });
    const { id, amount_minor } = await facts.newest(booking.id);
    await facts.opened(id);
    const second = await changed(first, { to: "2027-07-13" });
    expect(second.change).toMatchObject({ to: "2027-07-13" });
    await facts.captured(id, amount_minor);
    expect(await read(booking)).toMatchObject({ to: STAY.to, change: { to: "2027-07-13" } });
    await facts.pay(booking);
    expect((await read(booking)).to).toBe("2027-07-13");
    const refunds = (await facts.tasks(booking.id)).filter(({ kind }) => kind === "refund");
    expect(refunds).toMatchObject([{ payment_id: id, amount_minor }]);
  });

  it("to another berth holds that one, in whichever order the docks lie", async () => {
    const before = await harbour.addDock({
      collection: "online",
      rate: { currency: "USD", basis: "per_night", minor: 20_000 },
    });
    const booking = await paid();
    const after = await harbour.addDock({
      collection: "online",
      rate: { currency: "USD", basis: "per_night", minor: 20_000 },
    });
    for (const dock of [before, after]) {
      const waiting = await changed(await read(booking), { dockId: dock.id });
      expect(waiting.change?.dockId).toBe(dock.id);
      expect(await rowsOf(dock.id)).toMatchObject([{ source: "change" }]);
    }
    await facts.pay(booking);
    const moved = await read(booking);
    expect(moved.dockId).toBe(after.id);
    expect(await rowsOf(before.id)).toEqual([]);
    expect(await rowsOf(booking.dockId)).toEqual([]);
    expect(await rowsOf(after.id)).toMatchObject([{ source: "booking" }]);
  });

  it("goes with the stay when that is cancelled", async () => {
    const booking = await paid();
    await changed(booking, { to: "2027-07-12" });
    const { id } = await facts.newest(booking.id);
    await facts.opened(id);
    await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
    expect(await rowsOf(booking.dockId)).toEqual([]);
    expect((await facts.tasks(booking.id)).map(({ kind }) => kind).toSorted()).toEqual(
      ["cancel", "refund"],
    );
  });
});

describe("a change that costs less by card", () => {
  it("gives the difference back where the policy gives all", async () => {
    const booking = await paid();
    const shorter = await changed(booking, { to: "2027-07-05" });
    expect(shorter.owedMinor).toBe(shorter.totalMinor);
    expect(await facts.tasks(booking.id)).toMatchObject([
      { kind: "refund", amount_minor: booking.totalMinor - shorter.totalMinor, reason: "changed" },
    ]);
  });

  it("is no way around the policy: a stay moved away and cancelled gives back what it would have", async () => {
    const booking = await paid({ cancellationPolicy: "moderate" });
    await facts.checkInAt(booking.id, "48 hours");
    const far = { from: "2027-10-03", to: "2027-10-10" };
    const moved = await changed(await read(booking), far);
    await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
    const half = Math.round(moved.totalMinor / 2);
    expect((await read(booking)).owedMinor).toBe(moved.totalMinor - half);
  });

  it("keeps what the policy keeps of the nights given up, as a line of its own", async () => {
    const booking = await paid({ cancellationPolicy: "moderate" });
    await facts.checkInAt(booking.id, "48 hours");
    const shorter = await changed(await read(booking), { to: "2027-07-05" });
    const kept = shorter.lines.find((line) => line.code === "kept");
    const given = booking.totalMinor - (shorter.totalMinor - kept!.amountMinor);
    expect(kept!.amountMinor).toBe(given - Math.round(given / 2));
    expect(shorter.lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(shorter.totalMinor);
    expect(await facts.tasks(booking.id)).toMatchObject([{ amount_minor: Math.round(given / 2) }]);
    expect(await facts.balance(booking.id, "guest")).toBe(-Math.round(given / 2));
  });
});

describe("first refusal of the next night", () => {
  /** A stay of two nights at which the guest has arrived today, in the dock's zone. */
  async function arrived(values: DockValues = {}): Promise<Booking> {
    const today = dateToDay(new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York" })
      .format(Date.now()));
    const stay = { from: dayToDate(today), to: dayToDate(today + 2) };
    const booking = await booked(values, stay);
    await edge.sql.query("UPDATE booking SET check_in_at = now() WHERE id = $1", [booking.id]);
    const answer = await guest.fetch(`POST /api/bookings/${booking.id}/check-in`);
    return Booking.parse(await answer.json());
  }
  const after = (booking: Booking, nights = 1) => ({
    from: booking.to,
    to: dayToDate(dateToDay(booking.to) + nights),
  });
  const give = (person: TestPerson, booking: Booking, until: string | null) =>
    person.fetch(`POST /api/bookings/${booking.id}/first-refusal`, { until });

  it("is given by the dock at check-in: others find the night taken, a longer stay uses it", async () => {
    const booking = await arrived({ firstRefusalUntil: "10:00" });
    expect(booking.firstRefusalUntil).not.toBeNull();
    const other = await signUp(edge, "Olga Other");
    expect(await code(bookStay(other, booking.dockId, after(booking)))).toBe("dates-taken");
    const longer = await changed(booking, { to: after(booking).to });
    expect(longer.to).toBe(after(booking).to);
    // The one after that is hers to refuse now.
    expect(Date.parse(longer.firstRefusalUntil!)).toBeGreaterThan(
      Date.parse(booking.firstRefusalUntil!),
    );
    expect(await rowsOf(booking.dockId)).toMatchObject([{ source: "booking" }, {
      source: "refusal",
    }]);
  });

  it("runs out by itself", async () => {
    const booking = await arrived({ firstRefusalUntil: "10:00" });
    await edge.sql.query(
      "UPDATE occupancy SET expires_at = now() - interval '1 second' WHERE refusal_for = $1",
      [booking.id],
    );
    const other = await signUp(edge, "Olga Other");
    expect((await bookStay(other, booking.dockId, after(booking))).status).toBe(201);
    expect(await code(change(booking, { to: after(booking).to }))).toBe("dates-taken");
  });

  it("is the host's yes where the host answers requests", async () => {
    const request = await booked({ instantBook: false });
    await harbour.host.fetch(`POST /api/bookings/${request.id}/accept`);
    const booking = await read(request);
    expect((await give(guest, booking, "10:00")).status).toBe(403);
    const given = Booking.parse(await (await give(harbour.host, booking, "10:00")).json());
    expect(given.firstRefusalUntil).toBe("2027-07-10T14:00:00.000Z");
    expect(await code(change(given, { to: "2027-07-12" }))).toBe("not-bookable");
    expect((await changed(given, { to: "2027-07-11" })).to).toBe("2027-07-11");
  });

  it("can be taken back, and is not given of a night that is sold", async () => {
    const booking = await booked();
    expect((await give(harbour.host, booking, "10:00")).status).toBe(200);
    const back = Booking.parse(await (await give(harbour.host, booking, null)).json());
    expect(back.firstRefusalUntil).toBeNull();
    const other = await signUp(edge, "Olga Other");
    expect((await bookStay(other, booking.dockId, after(booking))).status).toBe(201);
    expect(await code(give(harbour.host, booking, "10:00"))).toBe("dates-taken");
  });

  it("lets a boat that lies there change its departure alone", async () => {
    const booking = await arrived();
    const other = await harbour.addDock({ name: "C 9" });
    expect(await code(change(booking, { dockId: other.id }))).toBe("move-not-allowed");
    const shorter = await changed(booking, { to: dayToDate(dateToDay(booking.to) - 1) });
    expect(shorter.status).toBe("checked_in");
  });
});
