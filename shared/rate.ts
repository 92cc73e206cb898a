import * as z from "zod/mini";
import { Currency } from "./money.ts";

/** Highest price a night (or a metre a night) in minor units: keeps the arithmetic exact. */
const MAX_MINOR = 100_000_000;

const RateMinor = z.int().check(z.gte(0), z.lte(MAX_MINOR));
const Percent = z.number().check(z.gte(0), z.lte(100), z.multipleOf(0.001));
/** `MM-DD`, a day of each year. */
export const MonthDay = z.string().check(
  z.regex(
    /^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))$/,
  ),
);

/**
 * Days of each year with a price of their own: `MM-DD`, `[from, to)`, may run over New Year; where
 * both are the same day, the whole year.
 */
export const Season = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  from: MonthDay,
  to: MonthDay,
  minor: RateMinor,
});
export type Season = z.infer<typeof Season>;

/**
 * How a dock's nights are priced. `minor` is the price of a night (`per_night`) or of a metre of
 * billable length a night (`per_length_night`); the first season that holds a night replaces it.
 * Factors are whole percents: 100 leaves a price as it is.
 */
export const Rate = z.object({
  currency: Currency,
  basis: z.enum(["per_night", "per_length_night"]),
  /** `per_length_night` only: the boat's LOA, or the longer of LOA and the berth's `maxLoaCm`. */
  billable: z._default(z.enum(["loa", "max_loa_berth"]), "loa"),
  minor: RateMinor,
  seasons: z._default(z.array(Season).check(z.maxLength(12)), []),
  /** Monday to Sunday. */
  weekdayPercents: z._default(
    z.array(z.int().check(z.gte(0), z.lte(1_000))).check(z.length(7)),
    [100, 100, 100, 100, 100, 100, 100],
  ),
  /**
   * Off every night of a stay of 7 nights or more; the monthly one, from 28 and where it is not 0,
   * replaces it.
   */
  weeklyDiscountPercent: z._default(Percent, 0),
  monthlyDiscountPercent: z._default(Percent, 0),
  multihullPercent: z._default(z.int().check(z.gte(100), z.lte(400)), 100),
  fees: z._default(
    z.object({ cleaningMinor: RateMinor, powerPerNightMinor: RateMinor }),
    { cleaningMinor: 0, powerPerNightMinor: 0 },
  ),
  taxPercent: z._default(Percent, 0),
  /** Held back, not part of the total. */
  depositMinor: z._default(RateMinor, 0),
});
export type Rate = z.infer<typeof Rate>;
