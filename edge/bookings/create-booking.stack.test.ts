import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booking } from "../../shared/booking.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, TEST_BOAT, type TestHarbour } from "../local/test-harbour.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
});
afterAll(() => edge.close());

describe("POST /api/bookings", () => {
  it("confirms an instant stay at once, at the quoted price", async () => {
    const dock = await harbour.addDock();
    const answer = await bookStay(guest, dock.id, STAY);
    expect(answer.status).toBe(201);
    const booking = Booking.parse(await answer.json());
    expect(booking).toMatchObject({
      status: "confirmed",
      dockId: dock.id,
      ...STAY,
      currency: "USD",
      totalMinor: 7 * 9_000,
      spanCm: null,
      role: "guest",
      deadline: null,
    });
    // 14:00 in New York, in summer.
    expect(booking.checkInAt).toBe("2027-07-03T18:00:00.000Z");
    expect(answer.headers.get("etag")).toBe(`"${booking.version}"`);
    const read = await guest.fetch(`GET /api/bookings/${booking.id}`);
    expect(await read.json()).toEqual(booking);
  });

  it("sells a berth once to 50 who want overlapping nights at the same moment", async () => {
    const dock = await harbour.addDock({ name: "Rush" });
    const spare = await harbour.addDock({ name: "Spare" });
    const wishes = Array.from({ length: 50 }, (_, i) => ({
      from: `2027-08-${String(1 + (i % 5)).padStart(2, "0")}`,
      to: "2027-08-09",
    }));
    const answers = await Promise.all(wishes.map((stay) => bookStay(guest, dock.id, stay)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(49);
    const refused = answers.find(({ status }) => status === 409);
    const problem = await refused!.json();
    expect(problem.code).toBe("dates-taken");
    expect(problem.nearest.map(({ id }: { id: number }) => id)).toContain(spare.id);
    expect(problem.nearest.map(({ id }: { id: number }) => id)).not.toContain(dock.id);
    const stays = await edge.sql.query("SELECT 1 FROM occupancy WHERE dock_id = $1", [dock.id]);
    expect(stays).toHaveLength(1);
  });

  it("lets the next guest come on the day of departure", async () => {
    const dock = await harbour.addDock();
    expect((await bookStay(guest, dock.id, STAY)).status).toBe(201);
    const next = await bookStay(guest, dock.id, { from: STAY.to, to: "2027-07-12" });
    expect(next.status).toBe(201);
    const before = await bookStay(guest, dock.id, { from: "2027-07-01", to: STAY.from });
    expect(before.status).toBe(201);
  });

  it("packs a quay by the centimetre and refuses the boat too many", async () => {
    const quay = await harbour.addDock({ kind: "side_tie", lengthCm: 4_000, gapCm: 100 });
    const spans: [number, number][] = [];
    for (let i = 0; i < 3; i++) {
      const booking = Booking.parse(await (await bookStay(guest, quay.id, STAY)).json());
      spans.push(booking.spanCm!);
    }
    expect(spans.toSorted((a, b) => a[0] - b[0])).toEqual([[0, 1300], [1300, 2600], [2600, 3900]]);
    expect((await bookStay(guest, quay.id, STAY)).status).toBe(409);
  });

  it("answers a retry with the first answer, also while the first is in flight", async () => {
    const dock = await harbour.addDock();
    const key = crypto.randomUUID();
    const params = new URLSearchParams({ ...STAY, loaCm: "1200", beamCm: "380", draftCm: "180" });
    const { quote } = await (await guest.fetch(`GET /api/docks/${dock.id}/quote?${params}`)).json();
    const body = { dockId: dock.id, ...STAY, boat: TEST_BOAT, quote };
    const ask = () => guest.fetch("POST /api/bookings", body, { "Idempotency-Key": key });
    const answers = await Promise.all(Array.from({ length: 50 }, ask));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(texts).size).toBe(1);

    edge.clock.nowMs += 3_600_000;
    const late = await ask();
    edge.clock.nowMs -= 3_600_000;
    expect(await late.text()).toBe(texts[0]);
    const other = await guest.fetch("POST /api/bookings", { ...body, acceptConditions: true }, {
      "Idempotency-Key": key,
    });
    expect(other.status).toBe(422);
    expect((await other.json()).code).toBe("idempotency-key-reused");
  });

  it("honours a quote until it expires, then shows the price that it has now", async () => {
    const dock = await harbour.addDock();
    const params = new URLSearchParams({ ...STAY, loaCm: "1200" });
    const { quote } = await (await guest.fetch(`GET /api/docks/${dock.id}/quote?${params}`)).json();
    const raised = await harbour.host.fetch(
      `PATCH /api/docks/${dock.id}`,
      { rate: { currency: "USD", basis: "per_night", minor: 9_500 } },
      { "If-Match": `"${dock.version}"` },
    );
    expect(raised.status).toBe(200);
    const ask = (stay = STAY) =>
      guest.fetch("POST /api/bookings", { dockId: dock.id, ...stay, boat: TEST_BOAT, quote }, {
        "Idempotency-Key": crypto.randomUUID(),
      });
    edge.clock.nowMs += 16 * 60_000;
    const expired = await ask();
    edge.clock.nowMs -= 16 * 60_000;
    expect(expired.status).toBe(409);
    const problem = await expired.json();
    expect(problem.code).toBe("price-changed");
    expect(problem.quote.totalMinor).toBe(7 * 9_500);
    const honoured = Booking.parse(await (await ask()).json());
    expect(honoured.totalMinor).toBe(7 * 9_000);
  });

  it("shows the price anew where a dock takes its fee in another way than its quote says", async () => {
    const dock = await harbour.addDock();
    const params = new URLSearchParams({ ...STAY, loaCm: "1200" });
    const { quote } = await (await guest.fetch(`GET /api/docks/${dock.id}/quote?${params}`)).json();
    const changed = await harbour.host.fetch(
      `PATCH /api/docks/${dock.id}`,
      { collection: "online" },
      { "If-Match": `"${dock.version}"` },
    );
    expect(changed.status).toBe(200);
    const body = { dockId: dock.id, ...STAY, boat: TEST_BOAT, quote };
    const answer = await guest.fetch("POST /api/bookings", body, {
      "Idempotency-Key": crypto.randomUUID(),
    });
    const problem = await answer.json();
    expect([answer.status, problem.code]).toEqual([409, "price-changed"]);
    expect(problem.quote.totalMinor).toBeGreaterThan(7 * 9_000);
    const again = await guest.fetch("POST /api/bookings", { ...body, quote: problem.quote.quote }, {
      "Idempotency-Key": crypto.randomUUID(),
    });
    expect(await again.json()).toMatchObject({ status: "held", collection: "online" });
  });

  it("makes a request of what the host wants to judge, and of what nobody knows", async () => {
    const onRequest = await harbour.addDock({ instantBook: false });
    const unknown = await harbour.addDock({ maxDisplacementKg: 9_000 });
    for (const dock of [onRequest, unknown]) {
      const booking = Booking.parse(await (await bookStay(guest, dock.id, STAY)).json());
      expect(booking.status).toBe("requested");
      expect(booking.deadline).not.toBeNull();
      expect((await bookStay(guest, dock.id, STAY)).status).toBe(409);
    }
  });

  it.each([
    ["boat-does-not-fit", 422, { maxLoaCm: 1_100 }, STAY, {}],
    ["stay-not-possible", 422, { minNights: 8 }, STAY, {}],
    ["stay-not-possible", 422, { maxNights: 3 }, STAY, {}],
    ["stay-not-possible", 422, {}, { from: "2029-07-03", to: "2029-07-10" }, {}],
    ["quote-mismatch", 422, {}, STAY, { boat: { ...TEST_BOAT, loaCm: 1_150 } }],
    ["quote-mismatch", 422, {}, STAY, { to: "2027-07-09" }],
    ["quote-invalid", 422, {}, STAY, { quote: "e30.e30.e30" }],
    ["invalid", 422, {}, STAY, { to: STAY.from }],
    ["invalid", 422, {}, STAY, { boat: {} }],
    ["invalid", 422, {}, STAY, { from: "2027-02-30" }],
  ])("refuses with %s (%i) and writes nothing", async (code, status, values, stay, body) => {
    const dock = await harbour.addDock(values);
    const answer = await bookStay(guest, dock.id, stay, { body });
    expect(await answer.json()).toMatchObject({ code, status });
    expect(answer.status).toBe(status);
    const rows = await edge.sql.query("SELECT 1 FROM booking WHERE dock_id = $1", [dock.id]);
    expect(rows).toHaveLength(0);
  });

  it("is not for one's own dock, nor without a key, nor for nobody", async () => {
    const dock = await harbour.addDock();
    const own = await bookStay(harbour.host, dock.id, STAY);
    expect((await own.json()).code).toBe("not-bookable");
    const body = { dockId: dock.id, ...STAY, boat: TEST_BOAT, quote: "x" };
    const keyless = await guest.fetch("POST /api/bookings", body);
    expect((await keyless.json()).code).toBe("idempotency-key-required");
    expect((await edge.fetch("POST /api/bookings", body)).status).toBe(401);
  });
});
