import type { HullType } from "./boat.ts";
import type { Rate } from "./rate.ts";

/** The stated rule in whole numbers without a limit, sharing nothing with what it checks. */
export function exactTotal(
  rate: Rate,
  { fromDay, toDay }: { fromDay: number; toDay: number },
  vessel: { loaCm?: number | undefined; hullType?: HullType | undefined },
  berth: { maxLoaCm: number; collection: "online" | "at_dock" },
): bigint | undefined {
  const round = (n: bigint, d: bigint) => (2n * n + d) / (2n * d);
  const thousandths = (value: number) => BigInt(Math.round(value * 1000));
  let base = 0n;
  for (let day = fromDay; day < toDay; day++) {
    const date = new Date(day * 86_400_000);
    const monthDay = date.toISOString().slice(5, 10);
    const season = rate.seasons.find(({ from, to }) =>
      from < to ? monthDay >= from && monthDay < to : !(monthDay >= to && monthDay < from)
    );
    const weekday = BigInt(rate.weekdayPercents[(date.getUTCDay() + 6) % 7]!);
    const price = BigInt(season?.minor ?? rate.minor) * weekday;
    const billed = rate.billable === "loa"
      ? vessel.loaCm
      : Math.max(vessel.loaCm ?? 0, berth.maxLoaCm);
    if (rate.basis === "per_length_night" && billed === undefined) return undefined;
    const night = rate.basis === "per_night"
      ? round(price, 100n)
      : round(price * BigInt(billed ?? 0), 10_000n);
    base += night;
    if (vessel.hullType === "multi") {
      base += round(night * BigInt(rate.multihullPercent - 100), 100n);
    }
  }
  const nights = toDay - fromDay;
  const isMonthly = nights >= 28 && rate.monthlyDiscountPercent > 0;
  const discount = isMonthly
    ? rate.monthlyDiscountPercent
    : nights >= 7
    ? rate.weeklyDiscountPercent
    : 0;
  const untaxed = base - round(base * thousandths(discount), 100_000n) +
    BigInt(rate.fees.cleaningMinor) + BigInt(nights) * BigInt(rate.fees.powerPerNightMinor);
  const fee = berth.collection === "online" ? round(untaxed * 5n, 100n) : 0n;
  return untaxed + round(untaxed * thousandths(rate.taxPercent), 100_000n) + fee;
}
