import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Books, Receipt, Statement } from "../../shared/ledger.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { createLedgerWorld, type LedgerWorld, type SoldStay } from "./paid-booking.fixture.ts";

const HOSTILE = `=HYPERLINK("x"),<script>alert('1')</script>`;

let edge: TestEdge;
let world: LedgerWorld;
let stay: SoldStay;
let admin: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  world = await createLedgerWorld(edge);
  admin = await signUp(edge, "Ada", { role: "admin" });
  stranger = await signUp(edge, "Sten");
  await edge.sql.query("UPDATE dock SET name = $2 WHERE id = $1", [world.dockId, HOSTILE]);
  stay = await world.addStay();
  const yen = await world.addStay({ currency: "JPY", depositMinor: 0 });
  await tell("ledger_capture($1, 16550, 'a')", stay.paymentId);
  await tell("ledger_capture($1, 11550, 'b')", yen.paymentId);
  await tell("ledger_payout($1, 11000, 'c')", stay.bookingId);
});
afterAll(() => edge.close());

const tell = (fact: string, id: string) => edge.sql.query(`SELECT ${fact}`, [id]);

async function statement(person: TestPerson, query: string): Promise<Statement> {
  const answer = await person.fetch(`GET /api/statements?${query}`);
  expect(answer.status).toBe(200);
  return Statement.parse(await answer.json());
}

describe("a statement", () => {
  test("tells a guest what they owe and paid, and what is held for them", async () => {
    const { items, totals } = await statement(world.guest, "currency=EUR");
    expect(items.map(({ kind, account, amountMinor }) => [kind, account, amountMinor])).toEqual([
      ["charge", "deposit", 5_000],
      ["charge", "guest", -16_550],
      ["capture", "guest", 16_550],
    ]);
    expect(items[0]).toMatchObject({
      bookingId: stay.bookingId,
      from: "2027-07-03",
      currency: "EUR",
    });
    expect(totals).toEqual([{
      currency: "EUR",
      openingMinor: 0,
      kinds: [
        { account: "deposit", kind: "charge", amountMinor: 5_000 },
        { account: "guest", kind: "capture", amountMinor: 16_550 },
        { account: "guest", kind: "charge", amountMinor: -16_550 },
      ],
      closingMinor: 5_000,
    }]);
  });

  test("tells a host what they earned, its tax and what was paid out, by currency", async () => {
    const { items, totals } = await statement(world.host, "role=host");
    expect(
      items.map(({ kind, account, currency, amountMinor }) =>
        [kind, account, currency, amountMinor].join(" ")
      ),
    ).toEqual([
      "payout tax EUR -1000",
      "payout host EUR -10000",
      "charge tax JPY 1000",
      "charge host JPY 10000",
      "charge tax EUR 1000",
      "charge host EUR 10000",
    ]);
    expect(totals.map(({ currency, closingMinor }) => [currency, closingMinor])).toEqual([
      ["EUR", 0],
      ["JPY", 11_000],
    ]);
  });

  test("has pages that end to end are all of it, and totals that stay the same", async () => {
    const all = await statement(world.host, "role=host");
    const items = [];
    let query = "role=host&limit=2";
    for (;;) {
      const page = await statement(world.host, query);
      expect(page.totals).toEqual(all.totals);
      items.push(...page.items);
      if (page.nextCursor === null) break;
      query = `role=host&limit=2&cursor=${page.nextCursor}`;
    }
    expect(items).toEqual(all.items);
  });

  test("of some days begins with the balance before them", async () => {
    const day = (offset: number) =>
      new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const later = await statement(world.host, `role=host&from=${day(2)}`);
    expect(later.items).toEqual([]);
    expect(
      later.totals.map((
        { openingMinor, kinds, closingMinor },
      ) => [openingMinor, kinds, closingMinor]),
    ).toEqual([[0, [], 0], [11_000, [], 11_000]]);
    const before = await statement(world.host, `role=host&to=${day(-2)}`);
    expect(before).toMatchObject({ items: [], totals: [] });
  });

  test("is nobody else's, and refuses a cursor or a day that is none", async () => {
    expect((await statement(stranger, "role=host")).items).toEqual([]);
    expect((await statement(world.guest, "role=host")).items).toEqual([]);
    for (const query of ["cursor=bm9uZQ", "from=2027-02-30", "role=admin", "currency=eur"]) {
      expect((await world.guest.fetch(`GET /api/statements?${query}`)).status).toBe(422);
    }
  });
});

describe("a statement as CSV", () => {
  async function csv(person: TestPerson, query: string) {
    const answer = await person.fetch(`GET /api/statements.csv?${query}`);
    expect(answer.headers.get("Content-Type")).toContain("text/csv");
    const disposition = answer.headers.get("Content-Disposition");
    const rows: Record<string, string>[] = parse(await answer.text(), { columns: true });
    return { disposition, rows };
  }

  test("has the same lines, exact amounts, and no formula", async () => {
    const { items } = await statement(world.host, "role=host");
    const { rows, disposition } = await csv(world.host, "role=host&from=2020-01-01");
    expect(disposition).toBe('attachment; filename="dokkerr-host-2020-01-01.csv"');
    expect(rows.map((row) => Number(row["amount_minor"]))).toEqual(
      items.map(({ amountMinor }) => amountMinor),
    );
    expect(rows[0]).toMatchObject({ what: "payout", amount: "-10.00", dock: `'${HOSTILE}` });
    expect(rows[2]).toMatchObject({ currency: "JPY", amount: "1000" });
  });

  test("has all of a statement that takes many steps, each line once", async () => {
    const many = await world.addStay({ currency: "SEK", totalMinor: 5_000_000, depositMinor: 0 });
    await edge.sql.query(
      `SELECT ledger_capture($1, i, 'many ' || i) FROM generate_series(1, 1100) AS i`,
      [many.paymentId],
    );
    const { rows } = await csv(world.guest, "currency=SEK");
    const captured = rows.filter((row) => row["what"] === "capture")
      .map((row) => Number(row["amount_minor"]));
    expect(captured).toEqual(Array.from({ length: 1_100 }, (_, i) => 1_100 - i));
    expect(rows).toHaveLength(1_101);
  });
});

describe("a receipt", () => {
  const ask = (person: TestPerson, { bookingId }: SoldStay, accept?: string) =>
    person.fetch(
      `GET /api/bookings/${bookingId}/receipt`,
      undefined,
      accept === undefined ? {} : { Accept: accept },
    );

  test("says what the stay cost, what was paid and what became of it", async () => {
    const left = await world.addStay();
    await tell("ledger_capture($1, 16550, 'd')", left.paymentId);
    await world.owe(left, { totalMinor: 5_775, depositMinor: 1_000, keptMinor: 1_000 });
    await tell("ledger_refund($1, 9000, 'e')", left.paymentId);
    const receipt = Receipt.parse(await (await ask(world.guest, left)).json());
    expect(receipt).toMatchObject({
      totalMinor: 11_550,
      paidMinor: 7_550,
      chargedMinor: 5_775,
      taxMinor: 500,
      depositHeldMinor: 0,
      depositKeptMinor: 1_000,
      guestName: "Gus Guest",
      payments: [{ kind: "capture", amountMinor: 16_550 }, { kind: "refund", amountMinor: -9_000 }],
    });
    const page = await (await ask(world.guest, left, "text/html")).text();
    expect(page).toMatch(/On its way back<\/th><td>€7.75</);
  });

  test("is a page for a browser, that runs nothing and shows names as they are", async () => {
    const answer = await ask(world.host, stay, "text/html,application/xhtml+xml,*/*;q=0.8");
    expect(answer.headers.get("Content-Type")).toContain("text/html");
    expect(answer.headers.get("Vary")).toBe("Accept");
    const page = await answer.text();
    expect(page).not.toContain("<script");
    expect(page).toContain("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;");
    expect(page).toMatch(/Deposit held<\/th><td>€50</);
    const [, style = ""] = /<style>([^]*)<\/style>/.exec(page) ?? [];
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    const hash = Buffer.from(digest).toString("base64");
    expect(answer.headers.get("Content-Security-Policy")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; ` +
        "frame-ancestors 'none'",
    );
  });

  test("of a stay that is paid ashore says that it proves no payment", async () => {
    const ashore = await world.addStay();
    await edge.sql.query("UPDATE booking SET collection = 'at_dock' WHERE id = $1", [
      ashore.bookingId,
    ]);
    expect(await (await ask(world.guest, ashore, "text/html")).text()).toContain("paid ashore");
  });

  test("is for the booking's own people", async () => {
    expect((await ask(stranger, stay)).status).toBe(404);
    expect((await ask(admin, stay)).status).toBe(200);
  });
});

test("the books add up, and are for admins", async () => {
  const books = Books.parse(await (await admin.fetch("GET /api/books")).json());
  expect(books.isBalanced).toBe(true);
  expect(books.accounts.find((row) => row.currency === "JPY" && row.account === "provider"))
    .toEqual({
      currency: "JPY",
      account: "provider",
      openingMinor: 0,
      debitMinor: 11_550,
      creditMinor: 0,
      closingMinor: 11_550,
    });
  expect((await world.host.fetch("GET /api/books")).status).toBe(403);
  expect(edge.errors).toEqual([]);
});
