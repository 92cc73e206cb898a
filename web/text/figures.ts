import { minorDigits } from "../../shared/money.ts";

/** A number that a person typed, `12.5` or `12,5`; undefined for nothing, NaN for nonsense. */
export function parseNumber(text: string): number | undefined {
  const clean = text.trim().replace(",", ".");
  if (clean === "") return undefined;
  return /^\d+(\.\d+)?$/.test(clean) ? Number(clean) : NaN;
}

/**
 * Minor units of an amount typed in major ones: `1234.50`, `1 234,50`, `1,234.50`. Undefined for
 * nothing; NaN for nonsense, or for more decimals than the currency has.
 */
export function parseMoney(text: string, currency: string): number | undefined {
  const clean = text.trim().replaceAll(/[\s'’]/g, "");
  if (clean === "") return undefined;
  const digits = minorDigits(currency);
  const [, whole = "", rest = ""] = /^(.*?)(?:[.,](\d{1,2}|\d{4,}))?$/.exec(clean) ?? [];
  // With three decimals a single mark cannot be told from a mark of thousands: the currency decides.
  const exact = digits === 3 ? /^(\d+)[.,](\d{3})$/.exec(clean) : null;
  const [major, decimals] = exact ? [exact[1]!, exact[2]!] : [whole, rest];
  if (!/^(\d+|\d{1,3}([.,]\d{3})+)$/.test(major) || decimals.length > digits) return NaN;
  return Number(major.replaceAll(/[.,]/g, "") + decimals.padEnd(digits, "0"));
}

/** An amount as a form's field shows it: plain figures in major units. */
export function minorToText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return minor % 10 ** digits === 0
    ? String(minor / 10 ** digits)
    : (minor / 10 ** digits).toFixed(digits);
}
