import type { QuoteLine } from "../../shared/booking.ts";
import { formatMoney } from "./format.ts";
import { quoteLineWords as words } from "./quote-line-words.ts";

/**
 * A price's line in the visitor's language. How many nights, which season and which per cent are
 * in its English label alone, as `shared/quote.ts` writes it; a line of another making keeps its
 * label.
 */
export function quoteLineText(line: QuoteLine, currency: string, locale: string): string {
  const { code, label, amountMinor } = line;
  const nights = Number(/(\d+) nights? ×/.exec(label)?.[1]);
  const each = () => formatMoney(Math.round(amountMinor / nights), currency, locale);
  const percent = /(\d+(?:\.\d+)?) %/.exec(label)?.[1];
  switch (code) {
    case "nights":
      if (!nights) return label;
      return words.nights(nights, each(), /\((.*)\)$/.exec(label)?.[1] ?? "");
    case "power":
      return nights ? words.power(nights, each()) : label;
    case "cleaning":
      return words.cleaning;
    case "multihull":
    case "tax":
    case "platform-fee":
    case "discount-weekly":
    case "discount-monthly":
      return percent === undefined ? label : words[code](
        new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 })
          .format(Number(percent) / 100),
      );
    default:
      return label;
  }
}
