import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HullType } from "./boat.ts";
import { Collection } from "./dock.ts";
import { type PricedBerth, priceStay, priceTotal } from "./quote.ts";
import { exactTotal } from "./price-oracle.fixture.ts";
import { Rate } from "./rate.ts";
import { dateToDay, dayToDate } from "./stay.ts";

const BERTH = { maxLoaCm: 1500, collection: "at_dock" } as const;
const ONLINE = { ...BERTH, collection: "online" } as const;
const SLOOP = { loaCm: 1200, hullType: "mono" } as const;
const CAT = { loaCm: 1200, hullType: "multi" } as const;

function rate(values: object): Rate {
  return Rate.parse({ currency: "EUR", basis: "per_night", minor: 8400, ...values });
}

function price(
  values: object,
  from: string,
  to: string,
  vessel: object = SLOOP,
  berth: PricedBerth = BERTH,
) {
  const answer = priceStay(rate(values), { from, to }, vessel, berth);
  if (!answer) throw new Error("no price");
  return answer;
}

describe("priceStay", () => {
  test("writes a line for each price, in the order of the stay", () => {
    const seasons = [{ name: "High season", from: "07-01", to: "09-01", minor: 12_000 }];
    const answer = price({ seasons }, "2027-06-28", "2027-07-03");
    expect(answer.lines).toEqual([
      { code: "nights", label: "3 nights × €84", amountMinor: 25_200 },
      { code: "nights", label: "2 nights × €120 (High season)", amountMinor: 24_000 },
    ]);
    expect(answer).toMatchObject({ currency: "EUR", totalMinor: 49_200, nightlyMinor: 9_840 });
  });

  test("weekdays have their own factor, and equal prices share a line", () => {
    const weekdayPercents = [100, 100, 100, 100, 125, 125, 100];
    // 2027-07-01 is a Thursday.
    const { lines } = price({ weekdayPercents }, "2027-07-01", "2027-07-06");
    expect(lines.map((line) => line.label)).toEqual(["3 nights × €84", "2 nights × €105"]);
  });

  test("bills the boat's length, or the longer of boat and berth", () => {
    const byLength = { basis: "per_length_night", minor: 333 };
    // 3.33 a metre for 12.34 m is 41.0922, rounded by the night.
    expect(price(byLength, "2027-05-01", "2027-05-03", { loaCm: 1234 }).totalMinor).toBe(8_218);
    const byBerth = { ...byLength, billable: "max_loa_berth" };
    expect(price(byBerth, "2027-05-01", "2027-05-02", { loaCm: 1234 }).totalMinor).toBe(4_995);
    expect(price(byBerth, "2027-05-01", "2027-05-02", { loaCm: 1600 }).totalMinor).toBe(5_328);
    expect(price(byBerth, "2027-05-01", "2027-05-02", {}).totalMinor).toBe(4_995);
  });

  test("has no price for a boat of unknown length where her length is billed", () => {
    const byLength = rate({ basis: "per_length_night" });
    const stay = { from: "2027-05-01", to: "2027-05-02" };
    expect(priceStay(byLength, stay, { hullType: "mono" }, BERTH)).toBeUndefined();
    expect(priceTotal(byLength, 20_000, 20_001, {}, BERTH)).toBeUndefined();
  });

  test("adds every part, and the deposit to none", () => {
    const answer = price(
      {
        minor: 10_000,
        multihullPercent: 150,
        weeklyDiscountPercent: 10,
        fees: { cleaningMinor: 2_500, powerPerNightMinor: 300 },
        taxPercent: 7.725,
        depositMinor: 50_000,
      },
      "2027-05-01",
      "2027-05-08",
      CAT,
    );
    expect(answer.lines.map((line) => [line.code, line.amountMinor])).toEqual([
      ["nights", 70_000],
      ["multihull", 35_000],
      ["discount-weekly", -10_500],
      ["cleaning", 2_500],
      ["power", 2_100],
      // 7.725 % of 99,100 is 7,655.475.
      ["tax", 7_655],
    ]);
    expect(answer).toMatchObject({ totalMinor: 106_755, depositMinor: 50_000 });
  });

  test("a stay that is paid online has the platform's fee, of what its tax is taken of", () => {
    const values = {
      minor: 10_010,
      weeklyDiscountPercent: 10,
      fees: { cleaningMinor: 500, powerPerNightMinor: 0 },
      taxPercent: 20,
    };
    const ashore = price(values, "2027-05-01", "2027-05-08");
    const online = price(values, "2027-05-01", "2027-05-08", SLOOP, ONLINE);
    // 5 % of 63,563 is 3,178.15; the tax is none of it.
    const fee = { code: "platform-fee", label: "Service fee, 5 %", amountMinor: 3_178 };
    expect(online.lines).toEqual([...ashore.lines, fee]);
    expect(online.totalMinor).toBe(ashore.totalMinor + 3_178);
  });

  test("the monthly discount replaces the weekly one where there is one", () => {
    const discounts = { minor: 1_000, weeklyDiscountPercent: 10, monthlyDiscountPercent: 25 };
    const of = (values: object, to: string) =>
      price(values, "2027-03-01", to).lines.find((line) => line.code.startsWith("discount"));
    expect(of(discounts, "2027-03-07")).toBeUndefined();
    expect(of(discounts, "2027-03-08")).toMatchObject({ code: "discount-weekly" });
    expect(of(discounts, "2027-03-28")).toMatchObject({ amountMinor: -2_700 });
    expect(of(discounts, "2027-03-29")).toMatchObject({
      code: "discount-monthly",
      amountMinor: -7_000,
    });
    expect(of({ ...discounts, monthlyDiscountPercent: 0 }, "2027-03-29")).toMatchObject({
      code: "discount-weekly",
      amountMinor: -2_800,
    });
  });

  test("the first season that holds a night wins", () => {
    const seasons = [
      { name: "Regatta", from: "08-01", to: "08-08", minor: 30_000 },
      { name: "Summer", from: "06-01", to: "09-01", minor: 12_000 },
    ];
    const { lines } = price({ seasons }, "2027-07-31", "2027-08-02");
    expect(lines.map((line) => line.amountMinor)).toEqual([12_000, 30_000]);
  });

  test("a season may run over New Year, end on leap day, or last the whole year", () => {
    const summer = [{ name: "Summer", from: "12-01", to: "02-29", minor: 1 }];
    const nightOf = (seasons: object[], date: string) =>
      price({ seasons }, date, dayToDate(dateToDay(date) + 1)).totalMinor;
    expect(nightOf(summer, "2027-11-30")).toBe(8_400);
    expect(nightOf(summer, "2027-12-31")).toBe(1);
    expect(nightOf(summer, "2028-02-28")).toBe(1);
    expect(nightOf(summer, "2028-02-29")).toBe(8_400);
    expect(nightOf(summer, "2027-03-01")).toBe(8_400);
    const leap = [{ name: "Leap", from: "02-29", to: "03-01", minor: 2 }];
    expect(nightOf(leap, "2028-02-29")).toBe(2);
    expect(nightOf(leap, "2027-02-28")).toBe(8_400);
    const always = [{ name: "Always", from: "01-01", to: "01-01", minor: 3 }];
    expect(nightOf(always, "2027-12-31")).toBe(3);
    expect(nightOf(always, "2027-01-01")).toBe(3);
  });

  test("speaks of currencies without cents", () => {
    const { lines } = price({ currency: "JPY", minor: 5_000 }, "2027-05-01", "2027-05-02");
    expect(lines[0]?.label).toBe("1 night × ¥5,000");
  });

  test("refuses a stay without nights", () => {
    expect(() => price({}, "2027-05-01", "2027-05-01")).toThrow("0 nights");
  });
});

const minor = fc.integer({ min: 0, max: 100_000_000 });
const monthDay = fc.integer({ min: 0, max: 365 }).map((day) =>
  dayToDate(dateToDay("2028-01-01") + day).slice(5)
);
const percent = fc.integer({ min: 0, max: 100_000 }).map((thousandths) => thousandths / 1000);
const anyRate = fc.record({
  currency: fc.constantFrom("EUR", "JPY", "KWD"),
  basis: fc.constantFrom<Rate["basis"]>("per_night", "per_length_night"),
  billable: fc.constantFrom<Rate["billable"]>("loa", "max_loa_berth"),
  minor,
  seasons: fc.array(
    fc.record({
      name: fc.constantFrom("High", "Low"),
      from: monthDay,
      to: monthDay,
      minor,
    }),
    { maxLength: 4 },
  ),
  weekdayPercents: fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 7, maxLength: 7 }),
  weeklyDiscountPercent: percent,
  monthlyDiscountPercent: fc.oneof(fc.constant(0), percent),
  multihullPercent: fc.integer({ min: 100, max: 400 }),
  fees: fc.record({ cleaningMinor: minor, powerPerNightMinor: minor }),
  taxPercent: percent,
  depositMinor: minor,
});
const anyStay = fc.tuple(fc.integer({ min: 19_000, max: 23_000 }), fc.integer({ min: 1, max: 365 }))
  .map(([fromDay, nights]) => ({ fromDay, toDay: fromDay + nights }));
const anyVessel = fc.record({
  loaCm: fc.integer({ min: 100, max: 30_000 }),
  hullType: fc.constantFrom(...HullType.options),
}, { requiredKeys: ["loaCm"] });
const anyBerth = fc.record({
  maxLoaCm: fc.integer({ min: 100, max: 100_000 }),
  collection: fc.constantFrom(...Collection.options),
});

const toStay = (fromDay: number, toDay: number) => ({
  from: dayToDate(fromDay),
  to: dayToDate(toDay),
});

describe("a price's properties", () => {
  test("lines add up to the total, in whole units, and the quick total is the same", () => {
    fc.assert(
      fc.property(anyRate, anyStay, anyVessel, anyBerth, (rate, stay, vessel, berth) => {
        const answer = priceStay(Rate.parse(rate), toStay(stay.fromDay, stay.toDay), vessel, berth);
        const sum = answer?.lines.reduce((total, line) => total + BigInt(line.amountMinor), 0n);
        expect(BigInt(answer?.totalMinor ?? -1)).toBe(sum);
        for (const line of answer?.lines ?? []) {
          expect(line.amountMinor).toSatisfy(Number.isSafeInteger);
        }
        expect(priceTotal(rate, stay.fromDay, stay.toDay, vessel, berth)).toBe(answer?.totalMinor);
      }),
    );
  });

  test("is the exact price, rounded as stated", () => {
    fc.assert(
      fc.property(anyRate, anyStay, anyVessel, anyBerth, (rate, stay, vessel, berth) => {
        const total = priceTotal(rate, stay.fromDay, stay.toDay, vessel, berth);
        expect(BigInt(total ?? -1)).toBe(exactTotal(rate, stay, vessel, berth));
      }),
    );
  });

  const splits = fc.tuple(anyStay.filter((stay) => stay.toDay - stay.fromDay > 1), fc.nat())
    .map(([{ fromDay, toDay }, cut]) => ({
      fromDay,
      middle: fromDay + 1 + (cut % (toDay - fromDay - 1)),
      toDay,
    }));
  /** By how much the two parts of a stay cost more than the whole, line by line. */
  function splitMore(
    rate: Rate,
    { fromDay, middle, toDay }: { fromDay: number; middle: number; toDay: number },
    vessel: { loaCm: number },
    berth: PricedBerth,
  ) {
    const sumOf = (code: string, ...days: [number, number][]) =>
      days.reduce(
        (sum, [from, to]) =>
          (priceStay(rate, toStay(from, to), vessel, berth)?.lines ?? [])
            .filter((line) => line.code.startsWith(code))
            .reduce((total, line) => total + line.amountMinor, sum),
        0,
      );
    return (code: string) =>
      sumOf(code, [fromDay, middle], [middle, toDay]) - sumOf(code, [fromDay, toDay]);
  }

  test("splitting a stay never changes what nights, surcharges and power cost", () => {
    fc.assert(
      fc.property(anyRate, splits, anyVessel, anyBerth, (rate, split, vessel, berth) => {
        const more = splitMore(rate, split, vessel, berth);
        expect(["nights", "multihull", "power"].map(more)).toEqual([0, 0, 0]);
        expect(more("cleaning")).toBe(rate.fees.cleaningMinor);
      }),
    );
  });

  test("splitting a stay changes the discount, and tax and fee of the same sum, by a unit each", () => {
    const isUnit = (difference: number) => Math.abs(difference) <= 1;
    fc.assert(
      fc.property(anyRate, splits, anyVessel, anyBerth, (rate, split, vessel, berth) => {
        const { fromDay, middle, toDay } = split;
        const isWeek = Math.min(middle - fromDay, toDay - middle) >= 7;
        fc.pre(isWeek);
        const discounted = { ...rate, monthlyDiscountPercent: 0 };
        expect(splitMore(discounted, split, vessel, berth)("discount")).toSatisfy(isUnit);
        const plain = {
          ...discounted,
          weeklyDiscountPercent: 0,
          fees: { ...rate.fees, cleaningMinor: 0 },
        };
        const more = splitMore(plain, split, vessel, berth);
        expect(more("tax")).toSatisfy(isUnit);
        expect(more("platform-fee")).toSatisfy(isUnit);
      }),
    );
  });
});
