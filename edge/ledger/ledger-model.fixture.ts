import type { TestPrice } from "./paid-booking.fixture.ts";

/** The same facts in whole numbers without a limit, sharing nothing with what they check. */
export class LedgerModel {
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
