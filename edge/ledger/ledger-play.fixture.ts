import fc from "fast-check";
import { type Sql, sqlState } from "../platform/sql.ts";
import { LedgerModel } from "./ledger-model.fixture.ts";
import type { LedgerWorld, SoldStay, TestPrice } from "./paid-booking.fixture.ts";

const share = fc.integer({ min: 0, max: 100 });
const minor = fc.integer({ min: 0, max: 200_000 });
export const anyPrice = fc.record({
  nightsMinor: fc.integer({ min: 1, max: 200_000 }),
  taxMinor: minor,
  feeMinor: minor,
  depositMinor: minor,
});
/** Parts are percents of what there is then. */
export const anyStep = fc.oneof(
  fc.record({ does: fc.constant("capture" as const) }),
  fc.record({ does: fc.constant("change" as const), price: anyPrice }),
  fc.record({ does: fc.constant("owe" as const), stay: share, deposit: share, kept: share }),
  fc.record({ does: fc.constant("refund" as const), part: share }),
  fc.record({ does: fc.constant("bounce" as const), part: share }),
  fc.record({ does: fc.constant("pay-out" as const), part: share }),
  fc.record({ does: fc.constant("take-back" as const), part: share }),
  fc.record({ does: fc.constant("dispute" as const), part: share, won: fc.boolean() }),
  fc.record({ does: fc.constant("fee" as const), amount: fc.nat(500) }),
  fc.record({ does: fc.constant("retry" as const), which: fc.nat() }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** Plays steps against the database and the model; what the rules forbid must be refused. */
export class LedgerPlay {
  readonly stay: SoldStay;
  readonly model: LedgerModel;
  readonly #sql: Sql;
  readonly #world: LedgerWorld;
  readonly #told: (() => Promise<unknown>)[] = [];
  #payments: { id: string; left: number; back: number }[];
  #keys = 0;

  constructor(sql: Sql, world: LedgerWorld, stay: SoldStay) {
    this.#sql = sql;
    this.#world = world;
    this.stay = stay;
    this.model = new LedgerModel(stay.price);
    this.model.owedStay = stay.price.totalMinor;
    this.model.owedDeposit = stay.price.depositMinor;
    this.#payments = [{ id: stay.paymentId, left: 0, back: 0 }];
  }

  /** Tells a fact, and keeps it to be told again. */
  async tell(fact: string, id: string, amount: number): Promise<void> {
    const key = `${++this.#keys}:${this.stay.bookingId}`;
    const tell = () => this.#sql.query(`SELECT ${fact}($1, $2, $3)`, [id, amount, key]);
    await tell();
    this.#told.push(tell);
  }

  /** Tells a fact that the rules forbid. */
  async refuse(fact: string, id: string, amount: number): Promise<void> {
    const told = this.#sql.query(`SELECT ${fact}($1, $2, 'never')`, [id, amount]);
    const state = await told.then(() => "done", (error: unknown) => sqlState(error));
    if (state !== "23514") throw new Error(`${fact} of ${amount} was not refused: ${state}`);
  }

  async play(step: Step): Promise<void> {
    const { model, stay } = this;
    const payment = this.#payments.at(-1)!;
    const partOf = (whole: number, part: number) => Math.floor((whole * part) / 100);
    switch (step.does) {
      case "capture": {
        const amount = stay.price.totalMinor + stay.price.depositMinor;
        await this.tell("ledger_capture", payment.id, amount);
        payment.left += amount;
        model.captured += amount;
        break;
      }
      case "change": {
        const price = toPrice(step.price, stay.price.currency);
        await this.#world.changePrice(stay, price);
        this.#payments.push({
          id: await this.#world.addPayment(stay, price.totalMinor),
          left: 0,
          back: 0,
        });
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
        await this.#world.owe(stay, { ...owed, keptMinor });
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
        await this.refuse("ledger_refund", from.id, from.left + 1);
        await this.tell("ledger_refund", from.id, amount);
        from.left -= amount;
        from.back += amount;
        model.refunded += amount;
        break;
      }
      case "bounce": {
        const amount = partOf(payment.back, step.part);
        await this.tell("ledger_refund_failed", payment.id, amount);
        payment.left += amount;
        payment.back -= amount;
        model.refunded -= amount;
        break;
      }
      case "pay-out": {
        await this.settle();
        const { host, tax } = model.parts();
        const paid = model.paidHost + model.paidTax;
        // Sometimes beyond what is due: a refund may have come between.
        const due = Math.max(0, host + tax - paid);
        const amount = Math.min(model.captured - paid, partOf(due, 1.5 * step.part));
        await this.refuse("ledger_payout", stay.bookingId, model.captured - paid + 1);
        await this.tell("ledger_payout", stay.bookingId, amount);
        const taxPart = Math.max(0, Math.min(amount, tax - model.paidTax));
        model.paidTax += taxPart;
        model.paidHost += amount - taxPart;
        break;
      }
      case "take-back": {
        const { tax } = model.parts();
        const amount = partOf(model.paidHost + model.paidTax, step.part);
        await this.settle();
        await this.tell("ledger_payout_reversal", stay.bookingId, amount);
        const taxPart = Math.max(0, Math.min(amount, model.paidTax - tax));
        model.paidTax -= taxPart;
        model.paidHost -= amount - taxPart;
        break;
      }
      case "dispute": {
        const amount = partOf(payment.left, step.part);
        await this.tell("ledger_dispute", payment.id, amount);
        const end = step.won ? "ledger_dispute_won" : "ledger_dispute_lost";
        await this.tell(end, payment.id, amount);
        if (!step.won) model.lost += amount;
        break;
      }
      case "fee":
        await this.tell("ledger_provider_fee", payment.id, step.amount);
        model.fees += step.amount;
        break;
      case "retry":
        await this.#told[step.which % Math.max(1, this.#told.length)]?.();
    }
  }

  settle(): Promise<unknown> {
    return this.#sql.query(`SELECT ledger_settle($1)`, [this.stay.bookingId]);
  }
}

/** A price of its parts. */
export function toPrice(
  parts: typeof anyPrice extends fc.Arbitrary<infer T> ? T : never,
  currency: string,
): TestPrice {
  const { nightsMinor, taxMinor, feeMinor, depositMinor } = parts;
  return {
    currency,
    totalMinor: nightsMinor + taxMinor + feeMinor,
    taxMinor,
    feeMinor,
    depositMinor,
  };
}
