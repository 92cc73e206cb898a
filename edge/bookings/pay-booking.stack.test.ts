import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booking } from "../../shared/booking.ts";
import type { NewDock } from "../../shared/dock.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { paymentFacts } from "./payment-facts.fixture.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };
const RATE: NewDock["rate"] = {
  ...({
    currency: "USD",
    basis: "per_night",
    minor: 9_000,
    depositMinor: 5_000,
  } as NewDock["rate"]),
};

let edge: TestEdge;
let harbour: TestHarbour;
let facts: ReturnType<typeof paymentFacts>;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  facts = paymentFacts(edge.sql);
});
afterAll(async () => {
  const [ledger] = await edge.sql.query<{ sum: number }>(
    "SELECT coalesce(sum(amount_minor), 0)::bigint AS sum FROM ledger_entry",
  );
  expect(ledger!.sum).toBe(0);
  await edge.close();
});

/** A stay of somebody new at a dock that takes cards: limits are one person's. */
async function booked(
  values: Parameters<TestHarbour["addDock"]>[0] = {},
): Promise<{ guest: TestPerson; booking: Booking }> {
  const guest = await signUp(edge, "Gus Guest");
  const dock = await harbour.addDock({ collection: "online", rate: RATE, ...values });
  const answer = await bookStay(guest, dock.id, STAY);
  return { guest, booking: Booking.parse(await answer.json()) };
}

async function read(person: TestPerson, { id }: Booking): Promise<Booking> {
  return Booking.parse(await (await person.fetch(`GET /api/bookings/${id}`)).json());
}

async function isTaken({ id }: Booking): Promise<boolean> {
  const rows = await edge.sql.query("SELECT FROM occupancy WHERE booking_id = $1", [id]);
  return rows.length === 1;
}

const refundsOf = async (booking: Booking) =>
  (await facts.tasks(booking.id)).filter(({ kind }) => kind === "refund");
const kindsOf = async (booking: Booking) => (await facts.tasks(booking.id)).map((t) => t.kind);

describe("an instant stay at a dock that collects online", () => {
  it("is held for a quarter of an hour, with a payment of its price and deposit", async () => {
    const { booking } = await booked();
    expect(booking.status).toBe("held");
    expect(booking.owedMinor).toBe(booking.totalMinor + 5_000);
    expect(booking.payment).toMatchObject({
      purpose: "stay",
      status: "open",
      amountMinor: booking.owedMinor,
      capturedMinor: 0,
    });
    const left = Date.parse(booking.deadline!) - Date.now();
    expect(left).toBeGreaterThan(14 * 60_000);
    expect(left).toBeLessThan(16 * 60_000);
    expect(await isTaken(booking)).toBe(true);
  });

  it("is confirmed by its money, once, however often that is told", async () => {
    const { guest, booking } = await booked();
    const { id, amount_minor } = await facts.newest(booking.id);
    await Promise.all([
      facts.captured(id, amount_minor),
      facts.captured(id, amount_minor),
      facts.opened(id),
      facts.processing(id),
    ]);
    await facts.captured(id, amount_minor);
    await facts.cancelled(id);
    const paid = await read(guest, booking);
    expect(paid).toMatchObject({ status: "confirmed", deadline: null });
    expect(paid.payment).toMatchObject({ status: "captured", capturedMinor: amount_minor });
    const pays = await edge.sql.query(
      "SELECT FROM event WHERE booking_id = $1 AND kind = 'booking.pay'",
      [booking.id],
    );
    expect(pays).toHaveLength(1);
    expect(await kindsOf(booking)).toEqual([]);
    expect(await facts.balance(booking.id, "provider")).toBe(amount_minor);
    expect(await facts.balance(booking.id, "deposit")).toBe(-5_000);
  });

  it("ends unpaid, and its intent is ended", async () => {
    const { guest, booking } = await booked();
    await facts.opened((await facts.newest(booking.id)).id);
    await facts.overdue(booking.id);
    await edge.sql.query("SELECT expire_overdue(100)");
    expect((await read(guest, booking)).status).toBe("expired");
    expect(await isTaken(booking)).toBe(false);
    expect(await kindsOf(booking)).toEqual(["cancel"]);
  });

  it("has no more than three unpaid of one person, and paying one lets the next", async () => {
    const guest = await signUp(edge, "Gil Guest");
    const held: Booking[] = [];
    const docks = await Promise.all(
      Array.from({ length: 6 }, () => harbour.addDock({ collection: "online", rate: RATE })),
    );
    const answers = await Promise.all(docks.slice(0, 5).map(({ id }) => bookStay(guest, id, STAY)));
    for (const answer of answers) {
      if (answer.ok) held.push(Booking.parse(await answer.json()));
      else expect((await answer.json()).code).toBe("too-many-stays-held");
    }
    expect(held).toHaveLength(3);
    await facts.pay(held[0]!);
    expect((await bookStay(guest, docks[5]!.id, STAY)).status).toBe(201);
  });

  it("goes to one of 50 who want it at the same moment", async () => {
    const guests = await Promise.all(
      Array.from({ length: 50 }, (_, i) => signUp(edge, `Guest ${i}`)),
    );
    const dock = await harbour.addDock({ collection: "online", rate: RATE });
    const answers = await Promise.all(guests.map((guest) => bookStay(guest, dock.id, STAY)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    const payments = await edge.sql.query(
      "SELECT FROM payment p JOIN booking b ON b.id = p.booking_id WHERE b.dock_id = $1",
      [dock.id],
    );
    expect(payments).toHaveLength(1);
  });

  it("that costs nothing needs no payment", async () => {
    const { booking } = await booked({ rate: { currency: "USD", basis: "per_night", minor: 0 } });
    expect(booking).toMatchObject({ status: "confirmed", payment: null, owedMinor: 0 });
  });
});

describe("a payment under way when its hold ends", () => {
  it("gets an hour's grace, once, and pays within it", async () => {
    const { guest, booking } = await booked();
    const { id, amount_minor } = await facts.newest(booking.id);
    await facts.processing(id);
    await facts.processing(id);
    const graced = await read(guest, booking);
    expect(Date.parse(graced.deadline!) - Date.parse(booking.deadline!)).toBe(3_600_000);
    expect(graced.version).toBeGreaterThan(booking.version);
    await edge.sql.query(
      "UPDATE booking SET deadline = deadline - interval '20 minutes' WHERE id = $1",
      [booking.id],
    );
    await edge.sql.query("SELECT expire_overdue(100)");
    await facts.captured(id, amount_minor);
    expect((await read(guest, booking)).status).toBe("confirmed");
  });

  it("takes the nights again where it comes too late and they are free", async () => {
    const { guest, booking } = await booked();
    const { id, amount_minor } = await facts.newest(booking.id);
    await facts.overdue(booking.id);
    await edge.sql.query("SELECT expire_overdue(100)");
    await facts.captured(id, amount_minor);
    expect((await read(guest, booking)).status).toBe("confirmed");
    expect(await isTaken(booking)).toBe(true);
    expect(await refundsOf(booking)).toEqual([]);
  });

  it("is sent back whole, once, where the nights are gone", async () => {
    const { guest, booking } = await booked();
    const { id, amount_minor } = await facts.newest(booking.id);
    await facts.overdue(booking.id);
    const next = await signUp(edge, "Nia Next");
    expect((await bookStay(next, booking.dockId, STAY)).status).toBe(201);
    await Promise.all([1, 2, 3].map(() => facts.captured(id, amount_minor)));
    expect((await read(guest, booking)).status).toBe("expired");
    const refunds = await refundsOf(booking);
    expect(refunds).toMatchObject([
      { amount_minor, deposit_minor: 5_000, reason: "too-late", payment_id: id },
    ]);
    await facts.refunded(refunds[0]!);
    await facts.refunded(refunds[0]!);
    expect((await facts.newest(booking.id)).refunded_minor).toBe(amount_minor);
    expect(await facts.balance(booking.id, "provider")).toBe(0);
    expect(await facts.balance(booking.id, "guest")).toBe(0);
  });

  it("ends an intent that was made while the hold ran out", async () => {
    const { booking } = await booked();
    await facts.overdue(booking.id);
    await edge.sql.query("SELECT expire_overdue(100)");
    const { id, status } = await facts.newest(booking.id);
    expect(status).toBe("cancelled");
    await facts.opened(id);
    await facts.opened(id);
    expect(await kindsOf(booking)).toEqual(["cancel"]);
  });

  it("loses or wins against the sweepers as a whole", async () => {
    const { guest, booking } = await booked();
    const { id, amount_minor } = await facts.newest(booking.id);
    await facts.overdue(booking.id);
    await Promise.all([
      ...Array.from({ length: 4 }, () => edge.sql.query("SELECT expire_overdue(100)")),
      facts.captured(id, amount_minor),
    ]);
    // Nobody else wanted the nights: whoever came first, the money finds them.
    expect((await read(guest, booking)).status).toBe("confirmed");
    expect(await isTaken(booking)).toBe(true);
    expect(await refundsOf(booking)).toEqual([]);
  });
});

describe("a request at a dock that collects online", () => {
  it("is accepted once its card was found good, and captured then", async () => {
    const { guest, booking } = await booked({ instantBook: false });
    expect(booking.status).toBe("requested");
    const accept = () => harbour.host.fetch(`POST /api/bookings/${booking.id}/accept`);
    expect(await (await accept()).json()).toMatchObject({
      code: "payment-required",
      status: 409,
      current: { status: "requested" },
    });
    const payment = await facts.pay(booking);
    const accepted = await accept();
    expect((await accepted.json()).status).toBe("confirmed");
    expect(await facts.tasks(booking.id)).toMatchObject([
      { kind: "capture", amount_minor: payment.amount_minor, state: "due" },
    ]);
    await facts.captured(payment.id, payment.amount_minor);
    expect((await read(guest, booking)).payment?.status).toBe("captured");
    expect(await facts.tasks(booking.id)).toMatchObject([{ kind: "capture", state: "done" }]);
  });

  it.each(["decline", "cancel", "expire"])("lets the card go on %s", async (move) => {
    const { guest, booking } = await booked({ instantBook: false });
    await facts.pay(booking);
    if (move === "expire") {
      await facts.overdue(booking.id);
      await edge.sql.query("SELECT expire_overdue(100)");
    } else {
      const who = move === "decline" ? harbour.host : guest;
      expect((await who.fetch(`POST /api/bookings/${booking.id}/${move}`)).status).toBe(200);
    }
    expect(await kindsOf(booking)).toEqual(["cancel"]);
    expect((await read(guest, booking)).owedMinor).toBe(0);
  });

  it("whose capture fails for good is cancelled, and its nights are free", async () => {
    const { guest, booking } = await booked({ instantBook: false });
    const { id } = await facts.pay(booking);
    await harbour.host.fetch(`POST /api/bookings/${booking.id}/accept`);
    await facts.cancelled(id);
    const ended = await read(guest, booking);
    expect(ended).toMatchObject({ status: "cancelled", payment: { status: "cancelled" } });
    expect(await isTaken(booking)).toBe(false);
    const history = await (await guest.fetch(`GET /api/bookings/${booking.id}/history`)).json();
    expect(history.items.at(-1)).toMatchObject({
      kind: "booking.cancel",
      actor: { id: null, role: "system" },
    });
  });

  it("cancelled before its capture has come is sent back as far as the policy says", async () => {
    const { guest, booking } = await booked({ instantBook: false, cancellationPolicy: "moderate" });
    const { id, amount_minor } = await facts.pay(booking);
    await harbour.host.fetch(`POST /api/bookings/${booking.id}/accept`);
    await facts.checkInAt(booking.id, "48 hours");
    await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
    expect(await kindsOf(booking)).toEqual(["capture"]);
    await facts.captured(id, amount_minor);
    const half = Math.round(booking.totalMinor / 2);
    expect(await refundsOf(booking)).toMatchObject([
      { amount_minor: half + 5_000, deposit_minor: 5_000 },
    ]);
    expect(await facts.balance(booking.id, "guest")).toBe(-(half + 5_000));
  });

  it("has no more than ten open of one person", async () => {
    const guest = await signUp(edge, "Rae Requester");
    const dock = await harbour.addDock({ instantBook: false });
    const ask = (day: number) => {
      const two = (n: number) => String(n).padStart(2, "0");
      return bookStay(guest, dock.id, {
        from: `2027-08-${two(day)}`,
        to: `2027-08-${two(day + 1)}`,
      });
    };
    const answers = await Promise.all(Array.from({ length: 13 }, (_, i) => ask(i + 1)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.find(({ status }) => status === 409);
    expect((await refused!.json()).code).toBe("too-many-requests-open");
  });
});

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
    const { guest, booking } = await booked({ cancellationPolicy: policy });
    await facts.pay(booking);
    await facts.checkInAt(booking.id, ahead);
    const answer = await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
    const cancelled = Booking.parse(await answer.json());
    const back = Math.round(booking.totalMinor * percent / 100);
    expect(cancelled).toMatchObject({ status: "cancelled", owedMinor: booking.totalMinor - back });
    const refunds = await refundsOf(booking);
    // The deposit goes back whole, whatever the policy keeps.
    expect(refunds).toMatchObject([{ amount_minor: back + 5_000, deposit_minor: 5_000 }]);
    await facts.refunded(refunds[0]!);
    expect(await facts.balance(booking.id, "guest")).toBe(0);
    expect(await facts.balance(booking.id, "deposit")).toBe(0);
    expect(await facts.balance(booking.id, "provider")).toBe(booking.totalMinor - back);
  });

  it("keeps the tiers that it was booked under", async () => {
    const { guest, booking } = await booked({ cancellationPolicy: "flexible" });
    await facts.pay(booking);
    const dock = await (await harbour.host.fetch(`GET /api/docks/${booking.dockId}`)).json();
    const edited = await harbour.host.fetch(
      `PATCH /api/docks/${booking.dockId}`,
      { cancellationPolicy: "strict" },
      { "If-Match": `"${dock.version}"` },
    );
    expect(edited.status).toBe(200);
    await facts.checkInAt(booking.id, "25 hours");
    await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
    expect((await read(guest, booking)).owedMinor).toBe(0);
  });

  it("by its host gives all back, at whatever hour", async () => {
    const { booking } = await booked({ cancellationPolicy: "strict" });
    const { amount_minor } = await facts.pay(booking);
    await facts.checkInAt(booking.id, "1 hour");
    await harbour.host.fetch(`POST /api/bookings/${booking.id}/cancel`);
    expect(await refundsOf(booking)).toMatchObject([{ amount_minor, reason: "cancel-by-host" }]);
  });

  it("at the moment of its payment ends in one of two ways, with nothing over", async () => {
    for (let round = 0; round < 4; round++) {
      const { guest, booking } = await booked();
      const { id, amount_minor } = await facts.newest(booking.id);
      await facts.opened(id);
      await Promise.all([
        facts.captured(id, amount_minor),
        guest.fetch(`POST /api/bookings/${booking.id}/cancel`),
      ]);
      // Held or confirmed, so far ahead a guest who cancels gets everything back.
      expect((await read(guest, booking)).status).toBe("cancelled");
      const refunds = await refundsOf(booking);
      expect(refunds.reduce((sum, task) => sum + task.amount_minor!, 0)).toBe(amount_minor);
      for (const task of refunds) await facts.refunded(task);
      expect(await facts.balance(booking.id, "provider")).toBe(0);
      expect(await facts.balance(booking.id, "guest")).toBe(0);
    }
  });
});

describe("a boat that does not come", () => {
  it("is said by the host once the berth is no longer kept, and never before", async () => {
    const { guest, booking } = await booked({ cancellationPolicy: "flexible" });
    await facts.pay(booking);
    await facts.checkInAt(booking.id, "-5 hours");
    const say = (person: TestPerson) => person.fetch(`POST /api/bookings/${booking.id}/no-show`);
    expect(await (await say(harbour.host)).json()).toMatchObject({
      code: "move-not-allowed",
      current: { status: "confirmed" },
    });
    await facts.checkInAt(booking.id, "-7 hours");
    expect((await say(guest)).status).toBe(403);
    const answer = await say(harbour.host);
    expect((await answer.json()).status).toBe("no_show");
    expect(await isTaken(booking)).toBe(false);
    // The policy keeps the price; the deposit goes back.
    expect(await refundsOf(booking)).toMatchObject([{ amount_minor: 5_000, deposit_minor: 5_000 }]);
  });
});

describe("POST /api/bookings/{id}/deposit", () => {
  const claim = (person: TestPerson, { id }: Booking, keepMinor: number) =>
    person.fetch(`POST /api/bookings/${id}/deposit`, { keepMinor, reason: "A bent cleat" });

  async function arrived() {
    const made = await booked();
    await facts.pay(made.booking);
    await facts.checkInAt(made.booking.id, "-1 hour");
    await harbour.host.fetch(`POST /api/bookings/${made.booking.id}/check-in`);
    return made;
  }

  it("keeps a part once, and the rest goes back", async () => {
    const { guest, booking } = await arrived();
    expect((await claim(guest, booking, 2_000)).status).toBe(403);
    expect((await claim(await signUp(edge, "Sten"), booking, 2_000)).status).toBe(404);
    expect((await (await claim(harbour.host, booking, 5_001)).json()).code).toBe("invalid");
    const kept = Booking.parse(await (await claim(harbour.host, booking, 2_000)).json());
    expect(kept.depositKept).toEqual({ keptMinor: 2_000, reason: "A bent cleat" });
    expect(await refundsOf(booking)).toMatchObject([
      { amount_minor: 3_000, deposit_minor: 3_000, reason: "deposit" },
    ]);
    expect((await (await claim(harbour.host, booking, 1_000)).json()).code).toBe(
      "move-not-allowed",
    );
    await facts.refunded((await refundsOf(booking))[0]!);
    expect(await facts.balance(booking.id, "deposit")).toBe(0);
    expect(await facts.balance(booking.id, "guest")).toBe(0);
    const history = await (await guest.fetch(`GET /api/bookings/${booking.id}/history`)).text();
    expect(history).toContain("booking.keep-deposit");
    expect(history).not.toContain("cleat");
  });

  it("is refused before the guest has come", async () => {
    const { booking } = await booked();
    await facts.pay(booking);
    expect((await (await claim(harbour.host, booking, 1)).json()).code).toBe("move-not-allowed");
  });

  it("goes back by itself two days after check-out, once", async () => {
    const { booking } = await arrived();
    await facts.checkInAt(booking.id, "-6 days");
    const due = await edge.sql.query<{ id: string }>("SELECT deposits_due(100) AS id");
    expect(due.map(({ id }) => id)).toContain(booking.id);
    const sent = await Promise.all(
      [1, 2, 3].map(() => edge.sql.query("SELECT return_deposit($1) AS sent", [booking.id])),
    );
    expect(sent.flat().map((row) => (row as { sent: number }).sent).toSorted()).toEqual([
      0,
      0,
      5_000,
    ]);
    expect(await refundsOf(booking)).toMatchObject([{ amount_minor: 5_000, reason: "deposit" }]);
  });
});

describe("GET /api/bookings/{id}/history", () => {
  it("tells who did what, before and after, with versions and amounts", async () => {
    const { guest, booking } = await booked();
    await facts.pay(booking);
    await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
    const page = await (await guest.fetch(`GET /api/bookings/${booking.id}/history?limit=2`))
      .json();
    expect(page.items).toMatchObject([
      {
        kind: "booking.create",
        version: booking.version,
        actor: { id: guest.id, role: "guest" },
        before: null,
        after: { status: "held", ...STAY, dockId: booking.dockId, totalMinor: booking.totalMinor },
      },
      {
        kind: "booking.pay",
        actor: { id: null, role: "system" },
        before: { status: "held", version: booking.version, payment: { status: "open" } },
        after: { status: "confirmed", deadline: null, payment: { status: "captured" } },
      },
    ]);
    const rest = await (await guest.fetch(
      `GET /api/bookings/${booking.id}/history?cursor=${page.nextCursor}`,
    )).json();
    expect(rest).toMatchObject({
      items: [{
        kind: "booking.cancel",
        before: { status: "confirmed" },
        after: { status: "cancelled", owedMinor: 0 },
        amounts: { refundMinor: booking.owedMinor, keptMinor: 0, currency: "USD" },
      }],
      nextCursor: null,
    });
    const last = rest.items[0];
    expect(last.after.version).toBe(last.version);
    const stranger = await signUp(edge, "Sten Stranger");
    expect((await stranger.fetch(`GET /api/bookings/${booking.id}/history`)).status).toBe(404);
  });
});
