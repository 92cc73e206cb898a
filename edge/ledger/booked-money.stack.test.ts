import { afterAll, beforeAll, expect, test } from "vitest";
import { Booking } from "../../shared/booking.ts";
import { Receipt, Statement } from "../../shared/ledger.ts";
import { paymentFacts, type TaskRow } from "../bookings/payment-facts.fixture.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";

/** 7 nights of 90, 10 % tax and the platform's 5 %. */
const RATE = {
  currency: "USD",
  basis: "per_night",
  minor: 9_000,
  taxPercent: 10,
  depositMinor: 5_000,
} as const;
const STAY = { from: "2027-07-03", to: "2027-07-10" };
const TOTAL = 63_000 + 6_300 + 3_150;

let edge: TestEdge;
let harbour: TestHarbour;
let facts: ReturnType<typeof paymentFacts>;
beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  facts = paymentFacts(edge.sql);
});
afterAll(() => edge.close());

async function paidStay(): Promise<{ guest: TestPerson; booking: Booking }> {
  const guest = await signUp(edge, "Gus Guest");
  const dock = await harbour.addDock({
    collection: "online",
    cancellationPolicy: "moderate",
    rate: RATE,
  });
  const { id } = Booking.parse(await (await bookStay(guest, dock.id, STAY)).json());
  await facts.pay({ id });
  return { guest, booking: await read(guest, id) };
}

const read = async (person: TestPerson, id: string) =>
  Booking.parse(await (await person.fetch(`GET /api/bookings/${id}`)).json());

async function cancel(by: TestPerson, { id, version }: Booking): Promise<TaskRow> {
  const answer = await by.fetch(`POST /api/bookings/${id}/cancel`, undefined, {
    "If-Match": `"${version}"`,
  });
  expect(answer.status).toBe(200);
  return await refundOf(id);
}

async function refundOf(id: string): Promise<TaskRow> {
  const task = (await facts.tasks(id)).find(({ kind }) => kind === "refund");
  if (!task) throw new Error("nothing goes back");
  return task;
}

async function balances(id: string): Promise<Record<string, number>> {
  const kinds = ["provider", "guest", "host", "tax", "platform", "deposit"];
  const sums = await Promise.all(kinds.map((kind) => facts.balance(id, kind)));
  return Object.fromEntries(kinds.map((kind, i) => [kind, sums[i]!]));
}

test("a paid stay owes its host, its tax, the platform and the deposit what its quote said", async () => {
  const { guest, booking } = await paidStay();
  expect(booking).toMatchObject({ status: "confirmed", totalMinor: TOTAL });
  expect(await balances(booking.id)).toEqual({
    provider: TOTAL + 5_000,
    guest: 0,
    host: -63_000,
    tax: -6_300,
    platform: -3_150,
    deposit: -5_000,
  });
  const statement = Statement.parse(await (await guest.fetch("GET /api/statements")).json());
  expect(statement.totals).toMatchObject([{ currency: "USD", closingMinor: 5_000 }]);
});

test("half of a stay is given up by its policy, and each bears its part", async () => {
  const { guest, booking } = await paidStay();
  await facts.checkInAt(booking.id, "48 hours");
  const task = await cancel(guest, await read(guest, booking.id));
  expect(task.amount_minor).toBe(TOTAL / 2 + 5_000);
  const kept = { host: -31_500, tax: -3_150, platform: -1_575, deposit: 0 };
  expect(await balances(booking.id)).toEqual({
    ...kept,
    provider: TOTAL + 5_000,
    guest: -(TOTAL / 2 + 5_000),
  });
  await facts.refunded(task);
  await facts.refunded(task);
  expect(await balances(booking.id)).toEqual({ ...kept, provider: TOTAL / 2, guest: 0 });
  const receipt = Receipt.parse(
    await (await guest.fetch(`GET /api/bookings/${booking.id}/receipt`)).json(),
  );
  expect(receipt).toMatchObject({
    status: "cancelled",
    paidMinor: TOTAL / 2,
    chargedMinor: TOTAL / 2,
    taxMinor: 3_150,
    depositHeldMinor: 0,
  });
});

test("a host who cancels keeps nothing, nor does anybody else", async () => {
  const { booking } = await paidStay();
  await facts.refunded(await cancel(harbour.host, booking));
  expect(new Set(Object.values(await balances(booking.id)))).toEqual(new Set([0]));
});

test("money of a hold that ended, whose nights are sold, is its guest's until it is back", async () => {
  const guest = await signUp(edge, "Lea Late");
  const dock = await harbour.addDock({ collection: "online", rate: RATE });
  const late = Booking.parse(await (await bookStay(guest, dock.id, STAY)).json());
  await facts.overdue(late.id);
  const next = await signUp(edge, "Ned Next");
  expect((await bookStay(next, dock.id, STAY)).status).toBe(201);
  await facts.pay(late);
  expect(await balances(late.id)).toMatchObject({ guest: -(TOTAL + 5_000), host: 0 });
  await facts.refunded(await refundOf(late.id));
  expect(new Set(Object.values(await balances(late.id)))).toEqual(new Set([0]));
});

test("a refund that the bank sends back is owed to the guest again, told twice or not", async () => {
  const { booking } = await paidStay();
  const task = await cancel(harbour.host, booking);
  await facts.refunded(task);
  const news = JSON.stringify({ taskId: task.id, refundId: "re_1", reason: "closed account" });
  for (let i = 0; i < 2; i++) {
    const [row] = await edge.sql.query("SELECT apply_refund_failure($1) AS outcome", [news]);
    expect(row).toEqual({ outcome: "applied" });
  }
  expect(await balances(booking.id)).toMatchObject({
    provider: TOTAL + 5_000,
    guest: -(TOTAL + 5_000),
  });
  expect(await facts.newest(booking.id)).toMatchObject({ refunded_minor: 0 });
  expect((await facts.tasks(booking.id)).at(-1)).toMatchObject({ state: "failed" });
});

test("of a deposit the host keeps a part, and the rest goes back", async () => {
  const { guest, booking } = await paidStay();
  await facts.checkInAt(booking.id, "-1 hours");
  const { version } = await read(harbour.host, booking.id);
  const claimed = await harbour.host.fetch(
    `POST /api/bookings/${booking.id}/deposit`,
    { keepMinor: 1_200, reason: "A cleat" },
    { "If-Match": `"${version}"` },
  );
  expect(claimed.status).toBe(200);
  const task = await refundOf(booking.id);
  expect(task.amount_minor).toBe(3_800);
  await facts.refunded(task);
  expect(await balances(booking.id)).toMatchObject({ guest: 0, deposit: 0, host: -64_200 });
  const page = await guest.fetch(`GET /api/bookings/${booking.id}/receipt`, undefined, {
    Accept: "text/html",
  });
  expect(await page.text()).toMatch(/Deposit kept by the host<\/th><td>\$12</);
  expect(edge.errors).toEqual([]);
});
