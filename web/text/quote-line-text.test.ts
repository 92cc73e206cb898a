import { describe, expect, test } from "vitest";
import { priceStay } from "../../shared/quote.ts";
import { Rate } from "../../shared/rate.ts";
import { quoteLineText } from "./quote-line-text.ts";

const RATE = Rate.parse({
  currency: "EUR",
  basis: "per_night",
  minor: 8_450,
  seasons: [{ name: "High (peak)", from: "07-01", to: "09-01", minor: 12_000 }],
  multihullPercent: 150,
  weeklyDiscountPercent: 10,
  fees: { cleaningMinor: 2_500, powerPerNightMinor: 450 },
  taxPercent: 7.5,
});

describe("quoteLineText", () => {
  test("says each line that a price can have by its code, in the visitor's figures", () => {
    const { lines } = priceStay(
      RATE,
      { from: "2027-06-30", to: "2027-07-09" },
      { loaCm: 1_200, hullType: "multi" },
      { maxLoaCm: 1_500, collection: "online" },
    )!;
    expect(lines.map((line) => quoteLineText(line, "EUR", "de"))).toEqual([
      "1 night × 84,50\u00a0€",
      "8 nights × 120\u00a0€ (High (peak))",
      "Multihull, 50\u00a0% more",
      "Weekly discount, 10\u00a0%",
      "Cleaning",
      "Power, 9 nights × 4,50\u00a0€",
      "Tax, 7,5\u00a0%",
      "Service fee, 5\u00a0%",
    ]);
  });

  test("keeps the label of a line that it does not know", () => {
    const line = { code: "wharfage", label: "Wharfage, 2 nights", amountMinor: 500 };
    expect(quoteLineText(line, "EUR", "en")).toBe("Wharfage, 2 nights");
    const nights = { code: "nights", label: "A week", amountMinor: 500 };
    expect(quoteLineText(nights, "EUR", "en")).toBe("A week");
  });
});
