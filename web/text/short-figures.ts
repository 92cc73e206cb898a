import { minorDigits } from "../../shared/money.ts";

/** A count in the least room: "1.6K". */
export function formatCountShort(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: "compact" }).format(count);
}

/** An amount in the least room: no cents, no country before its sign. For pins on a map. */
export function formatMoneyShort(minor: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: 0,
  }).format(minor / 10 ** minorDigits(currency));
}
