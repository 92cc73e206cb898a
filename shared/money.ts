import * as z from "zod/mini";

/** ISO 4217, letters. */
export const Currency = z.string().check(z.regex(/^[A-Z]{3}$/));
export type Currency = z.infer<typeof Currency>;

/** Money in a currency's minor units (cents, yen, fils): always a whole number. */
export const Minor = z.int();

/** Currencies whose minor unit is not a hundredth (ISO 4217 table A.1). */
const EXPONENTS: Record<string, number> = {
  BHD: 3,
  CLP: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Digits after the decimal point of a currency's major unit. */
export function minorDigits(currency: Currency): number {
  return EXPONENTS[currency] ?? 2;
}

/**
 * n / d rounded half away from zero, exact while |2n| and d stay safe integers. The one rounding
 * that Dokkerr's prices use.
 */
export function divideRounded(n: number, d: number): number {
  const half = Math.floor((2 * Math.abs(n) + d) / (2 * d));
  return n < 0 ? -half : half;
}

/**
 * a · b / d rounded half away from zero, for a ≥ 0, b ≥ 0 and d > 0: exact also where a · b is
 * beyond the safe integers, while ⌊a / d⌋ · b and 2 · d · b are not.
 */
export function multiplyDivideRounded(a: number, b: number, d: number): number {
  return Math.floor(a / d) * b + divideRounded((a % d) * b, d);
}

/** Text of an amount for people, in a locale: `1234, "EUR", "en"` → `€12.34`. */
export function formatMoney(minor: number, currency: Currency, locale: string): string {
  const digits = minorDigits(currency);
  const whole = minor % 10 ** digits === 0;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: whole ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** digits);
}

/** Units of each currency that one euro buys, with the version of that table. */
export interface ExchangeRates {
  version: number;
  perEuro: Record<Currency, number>;
}

/**
 * An amount in another currency's minor units, rounded half away from zero; undefined where a
 * rate is missing. For comparing and showing only: a charge is always in the dock's currency.
 */
export function convertMinor(
  minor: number,
  from: Currency,
  to: Currency,
  rates: ExchangeRates,
): number | undefined {
  if (from === to) return minor;
  const fromRate = rates.perEuro[from];
  const toRate = rates.perEuro[to];
  if (!fromRate || !toRate) return undefined;
  // One division, at the end: what is exact in decimals stays so.
  const converted = (Math.abs(minor) * toRate * 10 ** minorDigits(to)) /
    (fromRate * 10 ** minorDigits(from));
  return Math.sign(minor) * Math.round(converted);
}
