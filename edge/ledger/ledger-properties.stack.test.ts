import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sqlState } from "../platform/sql.ts";
import { createTestEdge, type TestEdge } from "../local/test-edge.ts";
import {
  createLedgerWorld,
  type LedgerWorld,
  type SoldStay,
  type TestPrice,
} from "./paid-booking.fixture.ts";

let edge: TestEdge;
let world: LedgerWorld;
beforeAll(async () => {
  edge = await createTestEdge();
  world = await createLedgerWorld(edge);
});
afterAll(() => edge.close());

const share = fc.integer({ min: 0, max: 100 });
const minor = fc.integer({ min: 0, max: 200_000 });
const anyPrice = fc.record({
  nightsMinor: fc.integer({ min: 1, max: 200_000 }),
  taxMinor: minor,
  feeMinor: minor,
  depositMinor: minor,
});
/** Parts are percents of what there is then. */
const anyStep = fc.oneof(
  fc.record({ does: fc.constant("capture" as const) }),
  fc.record({ does: fc.constant("change" as const), price: anyPrice }),
  fc.record({ does: fc.constant("owe" as const), stay: share, deposit: share, kept: share }),
  fc.record({ does: fc.constant("refund" as const), part: share }),
  fc.record({ does: fc.constant("pay-out" as const), part: share }),
  fc.record({ does: fc.constant("take-back" as const), part: share }),
  fc.record({ does: fc.constant("dispute" as const), part: share, won: fc.boolean() }),
  fc.record({ does: fc.constant("fee" as const), amount: fc.nat(500) }),
  fc.record({ does: fc.constant("retry" as const), which: fc.nat() }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** The same facts in whole numbers without a limit, sharing nothing with what they check. */
class Model {
  price: TestPrice;
  owedStay = 0;
  owedDeposit = 0;
  kept = 0;
  captured = 0;
  refunded = 0;
  lost = 0;
  paidHost = 0;
  paidTax = 0;
  fees = 0;

  constructor(price: TestPrice) {
    this.price = price;
  }

  parts() {
    const settled = this.captured > 0;
    const deposit = settled ? Math.max(0, this.owedDeposit - this.lost) : 0;
    const stay = settled
      ? Math.max(0, this.owedStay - Math.max(0, this.lost - this.owedDeposit))
      : 0;
    const total = BigInt(this.price.totalMinor);
    const partOf = (minor: number) =>
      Number((2n * BigInt(minor) * BigInt(stay) + total) / (2n * total));
    const [tax, fee] = [partOf(this.price.taxMinor), partOf(this.price.feeMinor)];
    const kept = Math.min(this.kept, deposit);
    return { stay, deposit, tax, fee, kept, host: stay - tax - fee + kept };
  }

  balances(): Record<string, number> {
    const { stay, deposit, tax, fee, kept, host } = this.parts();
    const all = {
      provider: this.captured - this.refunded - this.lost - this.paidHost -
        this.paidTax - this.fees,
      guest: stay + deposit - this.captured + this.refunded + this.lost,
      host: this.paidHost - host,
      tax: this.paidTax - tax,
      platform: this.fees - fee,
      deposit: kept - deposit,
    };
    return Object.fromEntries(Object.entries(all).filter(([, sum]) => sum !== 0));
  }
}

async function balances({ bookingId }: SoldStay): Promise<Record<string, number>> {
  const rows = await edge.sql.query<{ kind: string; sum: number }>(
    `SELECT a.kind, sum(e.amount_minor)::bigint AS sum
     FROM ledger_transfer t
     JOIN ledger_entry e ON e.transfer_id = t.id JOIN ledger_account a ON a.id = e.account_id
     WHERE t.booking_id = $1 GROUP BY a.kind HAVING sum(e.amount_minor) <> 0`,
    [bookingId],
  );
  return Object.fromEntries(rows.map(({ kind, sum }) => [kind, sum]));
}

/** Transfers of the whole ledger that do not balance, by themselves or with all of a currency. */
async function unbalanced(): Promise<unknown[]> {
  return await edge.sql.query(
    `SELECT transfer_id::text AS what, sum(amount_minor)::bigint AS off FROM ledger_entry
     GROUP BY transfer_id HAVING sum(amount_minor) <> 0
     UNION ALL
     SELECT currency, sum(amount_minor)::bigint FROM ledger_entry
     GROUP BY currency HAVING sum(amount_minor) <> 0`,
  );
}

/** Plays steps against the database and the model; what the rules forbid must be refused. */
class Play {
  readonly stay: SoldStay;
  readonly model: Model;
  readonly #told: (() => Promise<unknown>)[] = [];
  #payments: { id: string; left: number }[];
  #keys = 0;

  constructor(stay: SoldStay) {
    this.stay = stay;
    this.model = new Model(stay.price);
    this.model.owedStay = stay.price.totalMinor;
    this.model.owedDeposit = stay.price.depositMinor;
    this.#payments = [{ id: stay.paymentId, left: 0 }];
  }

  /** Tells a fact, and keeps it to be told again. */
  async tell(fact: string, id: string, amount: number): Promise<string | undefined> {
    const key = `${++this.#keys}:${this.stay.bookingId}`;
    const tell = () => edge.sql.query(`SELECT ${fact}($1, $2, $3)`, [id, amount, key]);
    const state = await tell().then(() => "done", (error: unknown) => sqlState(error));
    if (state === "done") this.#told.push(tell);
    return state;
  }

  async play(step: Step): Promise<void> {
    const { model, stay } = this;
    const payment = this.#payments.at(-1)!;
    const partOf = (whole: number, part: number) => Math.floor((whole * part) / 100);
    switch (step.does) {
      case "capture": {
        const amount = stay.price.totalMinor + stay.price.depositMinor;
        expect(await this.tell("ledger_capture", payment.id, amount)).toBe("done");
        payment.left += amount;
        model.captured += amount;
        break;
      }
      case "change": {
        const price = toPrice(step.price, stay.price.currency);
        await world.changePrice(stay, price);
        this.#payments.push({ id: await world.addPayment(stay, price.totalMinor), left: 0 });
        Object.assign(model, {
          price,
          owedStay: price.totalMinor,
          owedDeposit: price.depositMinor,
        });
        break;
      }
      case "owe": {
        const owed = {
          totalMinor: partOf(model.price.totalMinor, step.stay),
          depositMinor: partOf(model.price.depositMinor, step.deposit),
        };
        const keptMinor = partOf(owed.depositMinor, step.kept);
        await world.owe(stay, { ...owed, keptMinor });
        Object.assign(model, {
          owedStay: owed.totalMinor,
          owedDeposit: owed.depositMinor,
          kept: keptMinor,
        });
        break;
      }
      case "refund": {
        const from = this.#payments.find(({ left }) => left > 0) ?? payment;
        const amount = partOf(from.left, step.part);
        expect(await this.tell("ledger_refund", from.id, from.left + 1)).toBe("23514");
        expect(await this.tell("ledger_refund", from.id, amount)).toBe("done");
        from.left -= amount;
        model.refunded += amount;
        break;
      }
      case "pay-out": {
        await this.settle();
        const { host, tax } = model.parts();
        const due = host + tax - model.paidHost - model.paidTax;
        const amount = partOf(Math.max(0, due), step.part);
        expect(await this.tell("ledger_payout", stay.bookingId, Math.max(0, due) + 1))
          .toBe("23514");
        expect(await this.tell("ledger_payout", stay.bookingId, amount)).toBe("done");
        const taxPart = Math.max(0, Math.min(amount, tax - model.paidTax));
        model.paidTax += taxPart;
        model.paidHost += amount - taxPart;
        break;
      }
      case "take-back": {
        const { tax } = model.parts();
        const amount = partOf(model.paidHost + model.paidTax, step.part);
        await this.settle();
        expect(await this.tell("ledger_payout_reversal", stay.bookingId, amount)).toBe("done");
        const taxPart = Math.max(0, Math.min(amount, model.paidTax - tax));
        model.paidTax -= taxPart;
        model.paidHost -= amount - taxPart;
        break;
      }
      case "dispute": {
        const amount = partOf(payment.left, step.part);
        expect(await this.tell("ledger_dispute", payment.id, amount)).toBe("done");
        const end = step.won ? "ledger_dispute_won" : "ledger_dispute_lost";
        expect(await this.tell(end, payment.id, amount)).toBe("done");
        if (!step.won) model.lost += amount;
        break;
      }
      case "fee":
        expect(await this.tell("ledger_provider_fee", payment.id, step.amount)).toBe("done");
        model.fees += step.amount;
        break;
      case "retry":
        await this.#told[step.which % Math.max(1, this.#told.length)]?.();
    }
  }

  settle(): Promise<unknown> {
    return edge.sql.query(`SELECT ledger_settle($1)`, [this.stay.bookingId]);
  }
}

function toPrice(
  parts: typeof anyPrice extends fc.Arbitrary<infer T> ? T : never,
  currency: string,
) {
  const { nightsMinor, taxMinor, feeMinor, depositMinor } = parts;
  return {
    currency,
    totalMinor: nightsMinor + taxMinor + feeMinor,
    taxMinor,
    feeMinor,
    depositMinor,
  };
}

test("any sequence of facts keeps debits and credits equal and ends where they say", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyPrice,
      fc.constantFrom("EUR", "JPY", "KWD"),
      fc.array(anyStep, { minLength: 3, maxLength: 14, size: "max" }),
      async (price, currency, steps) => {
        const play = new Play(await world.addStay(toPrice(price, currency)));
        for (const step of steps) {
          await play.play(step);
          await play.settle();
          expect(await balances(play.stay)).toEqual(play.model.balances());
          expect(play.model.refunded).toBeLessThanOrEqual(play.model.captured);
          expect(await unbalanced()).toEqual([]);
        }
      },
    ),
    { numRuns: 20 },
  );
});
