import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlState } from "../platform/sql.ts";
import { createTestEdge, type TestEdge } from "../local/test-edge.ts";
import { createLedgerWorld, type LedgerWorld, type SoldStay } from "./paid-booking.fixture.ts";

let edge: TestEdge;
let world: LedgerWorld;
beforeAll(async () => {
  edge = await createTestEdge();
  world = await createLedgerWorld(edge);
});
afterAll(() => edge.close());

const ask = async <T>(text: string, values: (string | number)[]): Promise<T> => {
  const [row] = await edge.sql.query<{ answer: T }>(`SELECT ${text} AS answer`, values);
  return row!.answer;
};
const payment = (fact: string) => (stay: SoldStay, amount: number, key: string) =>
  ask<string | null>(`${fact}($1, $2, $3)`, [stay.paymentId, amount, key]);
const booking = (fact: string) => (stay: SoldStay, amount: number, key: string) =>
  ask<string | null>(`${fact}($1, $2, $3)`, [stay.bookingId, amount, key]);
const capture = payment("ledger_capture");
const refund = payment("ledger_refund");
const payout = booking("ledger_payout");
const settle = (stay: SoldStay) => ask("ledger_settle($1)", [stay.bookingId]);

/** Sums of a stay's entries by account: a debit is above zero. */
async function balances({ bookingId }: SoldStay): Promise<Record<string, number>> {
  const rows = await edge.sql.query<{ kind: string; sum: string }>(
    `SELECT a.kind, sum(e.amount_minor) AS sum
     FROM ledger_transfer t
     JOIN ledger_entry e ON e.transfer_id = t.id JOIN ledger_account a ON a.id = e.account_id
     WHERE t.booking_id = $1 GROUP BY a.kind HAVING sum(e.amount_minor) <> 0`,
    [bookingId],
  );
  return Object.fromEntries(rows.map(({ kind, sum }) => [kind, Number(sum)]));
}

async function kinds({ bookingId }: SoldStay): Promise<string[]> {
  const rows = await edge.sql.query<{ kind: string }>(
    `SELECT kind FROM ledger_transfer WHERE booking_id = $1 ORDER BY at, id`,
    [bookingId],
  );
  return rows.map(({ kind }) => kind);
}

/** The SQLSTATE that work is refused with. */
const refusal = (work: Promise<unknown>) =>
  work.then(() => "done", (error: unknown) => sqlState(error));

const CHECK = "23514";
const UNIQUE = "23505";
const RESTRICT = "23001";
const FOREIGN_KEY = "23503";

describe("a stay's money", () => {
  test("a capture is shared out to host, tax, fee and deposit", async () => {
    const stay = await world.addStay();
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    expect(await balances(stay)).toEqual({
      provider: 16_550,
      host: -10_000,
      tax: -1_000,
      platform: -550,
      deposit: -5_000,
    });
    expect(await ask("ledger_host_due($1)", [stay.bookingId])).toBe(11_000);
    expect(await kinds(stay)).toEqual(["capture", "charge"]);
  });

  test("what came in for a stay that is not sold any more is the guest's", async () => {
    const stay = await world.addStay();
    await world.owe(stay, { totalMinor: 0, depositMinor: 0 });
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    expect(await balances(stay)).toEqual({ provider: 16_550, guest: -16_550 });
    await refund(stay, 16_550, `r:${stay.paymentId}`);
    expect(await balances(stay)).toEqual({});
  });

  test("of what is kept, tax and fee have their parts, and the host the rest", async () => {
    const stay = await world.addStay({ totalMinor: 1_001, taxMinor: 100, feeMinor: 33 });
    await capture(stay, 6_001, `c:${stay.paymentId}`);
    await world.owe(stay, { totalMinor: 500, depositMinor: 0 });
    await refund(stay, 5_501, `r:${stay.paymentId}`);
    // 100 · 500 / 1001 is 49.95, 33 · 500 / 1001 is 16.48.
    expect(await balances(stay)).toEqual({ provider: 500, tax: -50, platform: -16, host: -434 });
    expect(await kinds(stay)).toEqual(["capture", "charge", "refund", "credit"]);
  });

  test("a kept deposit becomes the host's, the rest goes back", async () => {
    const stay = await world.addStay();
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    await world.owe(stay, { totalMinor: 11_550, depositMinor: 2_000, keptMinor: 2_000 });
    await settle(stay);
    await settle(stay);
    expect(await balances(stay)).toEqual({
      provider: 16_550,
      host: -12_000,
      tax: -1_000,
      platform: -550,
      guest: -3_000,
    });
    await refund(stay, 3_000, `r:${stay.paymentId}`);
    expect(await ask("ledger_guest_balance($1)", [stay.bookingId])).toBe(0);
    expect(await kinds(stay)).toEqual(["capture", "charge", "deposit-kept", "credit", "refund"]);
  });

  test("a payout takes tax and earnings, and comes back where they are given up", async () => {
    const stay = await world.addStay();
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    await payout(stay, 11_000, `p:${stay.bookingId}`);
    expect(await balances(stay)).toEqual({ provider: 5_550, platform: -550, deposit: -5_000 });
    await world.owe(stay, { totalMinor: 0, depositMinor: 0 });
    await refund(stay, 16_550, `r:${stay.paymentId}`);
    expect(await balances(stay)).toEqual({ provider: -11_000, host: 10_000, tax: 1_000 });
    await booking("ledger_payout_reversal")(stay, 11_000, `v:${stay.bookingId}`);
    expect(await balances(stay)).toEqual({});
  });

  test("a refund that a bank sends back is the guest's again", async () => {
    const stay = await world.addStay();
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    await world.owe(stay, { totalMinor: 0, depositMinor: 0 });
    await refund(stay, 16_550, `r:${stay.paymentId}`);
    await payment("ledger_refund_failed")(stay, 16_550, `f:${stay.paymentId}`);
    expect(await balances(stay)).toEqual({ provider: 16_550, guest: -16_550 });
    await refund(stay, 16_550, `r2:${stay.paymentId}`);
    expect(await balances(stay)).toEqual({});
  });

  test("a change is charged at its new price, whatever the old one's parts were", async () => {
    const stay = await world.addStay();
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    const price = { ...stay.price, totalMinor: 20_000, taxMinor: 0, feeMinor: 952 };
    await world.changePrice(stay, price);
    const more = { ...stay, paymentId: await world.addPayment(stay, 8_450) };
    await capture(more, 8_450, `c:${more.paymentId}`);
    expect(await balances(stay)).toEqual({
      provider: 25_000,
      host: -19_048,
      platform: -952,
      deposit: -5_000,
    });
  });

  test("a lost dispute takes the deposit first, then the stay; one that is won, nothing", async () => {
    const stay = await world.addStay();
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    const before = await balances(stay);
    await payment("ledger_dispute")(stay, 16_550, `d:${stay.paymentId}`);
    expect(await balances(stay)).toMatchObject({ disputes: 16_550 });
    await payment("ledger_dispute_won")(stay, 16_550, `w:${stay.paymentId}`);
    expect(await balances(stay)).toEqual(before);

    await payment("ledger_dispute")(stay, 10_000, `d2:${stay.paymentId}`);
    await payment("ledger_dispute_lost")(stay, 10_000, `l:${stay.paymentId}`);
    await payment("ledger_provider_fee")(stay, 1_500, `f:${stay.paymentId}`);
    // 6,550 of 11,550 stay: 567.1 of tax, 311.9 of fee, less what the provider took.
    expect(await balances(stay)).toEqual({
      provider: 5_050,
      host: -5_671,
      tax: -567,
      platform: 1_188,
    });
  });
});

describe("a key", () => {
  test("told again changes nothing, and told with another amount is refused", async () => {
    const stay = await world.addStay();
    const key = `c:${stay.paymentId}`;
    expect(await capture(stay, 16_550, key)).not.toBeNull();
    expect(await capture(stay, 16_550, key)).toBeNull();
    expect(await refusal(capture(stay, 16_549, key))).toBe(UNIQUE);
    expect(await refusal(refund(stay, 16_550, key))).toBe(UNIQUE);
    expect((await balances(stay)).provider).toBe(16_550);
  });

  test("told by twenty at once is written once", async () => {
    const stay = await world.addStay();
    const told = await Promise.all(
      Array.from({ length: 20 }, () => capture(stay, 16_550, `c:${stay.paymentId}`)),
    );
    expect(told.filter((id) => id !== null)).toHaveLength(1);
    expect(await kinds(stay)).toEqual(["capture", "charge"]);
  });
});

describe("the ledger refuses", () => {
  const post = (stay: SoldStay, entries: object[]) =>
    edge.sql.query(`SELECT post_transfer($1, 'capture', $2, $3, 'EUR', $4)`, [
      `raw:${Math.random()}`,
      stay.bookingId,
      stay.paymentId,
      JSON.stringify(entries),
    ]);

  test("a transfer whose debits and credits differ, or that has one entry only", async () => {
    const stay = await world.addStay();
    const guest = { account: "guest", person: world.guest.id };
    const provider = { account: "provider", amount: 100 };
    expect(await refusal(post(stay, [provider, { ...guest, amount: -99 }]))).toBe(CHECK);
    expect(await refusal(post(stay, [provider]))).toBe(CHECK);
    expect(await kinds(stay)).toEqual([]);
    expect(await refusal(post(stay, [provider, { ...guest, amount: -100 }]))).toBe("done");
  });

  test("a transfer without entries, and an entry of another currency", async () => {
    const stay = await world.addStay();
    const empty = (key: string) =>
      `INSERT INTO ledger_transfer (key, kind, currency, booking_id)
       VALUES ('${key}', 'charge', 'EUR', '${stay.bookingId}')`;
    expect(await refusal(edge.sql.query(empty("empty")))).toBe(CHECK);
    const mixed = edge.sql.query(
      `WITH made AS (${empty("mixed")} RETURNING id, at)
       INSERT INTO ledger_entry (transfer_id, account_id, currency, amount_minor, at)
       SELECT id, ledger_account_id('provider', NULL, currency), currency, amount, at
       FROM made, (VALUES ('EUR', 5), ('USD', -5)) AS side (currency, amount)`,
    );
    expect(await refusal(mixed)).toBe(FOREIGN_KEY);
  });

  test("more entries for a transfer that is closed, even where they add up to nothing", async () => {
    const stay = await world.addStay();
    const id = await capture(stay, 16_550, `c:${stay.paymentId}`);
    const added = edge.sql.query(
      `INSERT INTO ledger_entry (transfer_id, account_id, currency, amount_minor, at)
       SELECT $1, ledger_account_id(account, NULL, 'EUR'), 'EUR', amount, now()
       FROM (VALUES ('platform', 5), ('disputes', -5)) AS side (account, amount)`,
      [id],
    );
    expect(await refusal(added)).toBe(CHECK);
  });

  test("to change, delete or truncate what was written", async () => {
    const stay = await world.addStay();
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    for (
      const statement of [
        "UPDATE ledger_entry SET amount_minor = -amount_minor",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "UPDATE ledger_transfer SET kind = 'refund'",
        "DELETE FROM ledger_transfer",
        "TRUNCATE ledger_transfer CASCADE",
        "UPDATE ledger_account SET person_id = NULL",
        "DELETE FROM ledger_account",
        "TRUNCATE person CASCADE",
      ]
    ) {
      expect([statement, await refusal(edge.sql.query(statement))]).toEqual([statement, RESTRICT]);
    }
  });

  test("refunds beyond what was captured, also of many at once", async () => {
    const stay = await world.addStay();
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    await world.owe(stay, { totalMinor: 0, depositMinor: 0 });
    const refused = await Promise.all(
      Array.from({ length: 8 }, (_, i) => refusal(refund(stay, 5_000, `r${i}:${stay.paymentId}`))),
    );
    expect(refused.filter((state) => state === CHECK)).toHaveLength(5);
    expect(refused.filter((state) => state === "done")).toHaveLength(3);
    expect(await ask("ledger_payment_left($1)", [stay.paymentId])).toBe(1_550);
  });

  test("payouts beyond what came in, also of many at once", async () => {
    const stay = await world.addStay();
    await capture(stay, 16_550, `c:${stay.paymentId}`);
    const refused = await Promise.all(
      Array.from({ length: 6 }, (_, i) => refusal(payout(stay, 6_000, `p${i}:${stay.bookingId}`))),
    );
    expect(refused.filter((state) => state === CHECK)).toHaveLength(4);
    expect(refused.filter((state) => state === "done")).toHaveLength(2);
    // What went beyond the earnings, the host owes.
    expect(await ask("ledger_host_due($1)", [stay.bookingId])).toBe(-1_000);
  });
});
