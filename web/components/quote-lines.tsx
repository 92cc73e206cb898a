import type { QuoteLine } from "../../shared/booking.ts";
import { formatMoney } from "../text/format.ts";
import { quoteLineText } from "../text/quote-line-text.ts";
import { words } from "./quote-lines-words.ts";
import "./quote-lines.css";

interface QuoteLinesProps {
  lines: readonly QuoteLine[];
  currency: string;
  totalMinor: number;
  depositMinor: number;
  locale: string;
}

/** Every line of a price; they add up to the total. */
export function QuoteLines({ lines, currency, totalMinor, depositMinor, locale }: QuoteLinesProps) {
  return (
    <dl class="quote num">
      {lines.map((line) => (
        <div key={line.code + line.label}>
          <dt>{quoteLineText(line, currency, locale)}</dt>
          <dd>{formatMoney(line.amountMinor, currency, locale)}</dd>
        </div>
      ))}
      <div class="quote-total">
        <dt>{words.total}</dt>
        <dd>{formatMoney(totalMinor, currency, locale)}</dd>
      </div>
      {depositMinor > 0 && (
        <div class="quote-deposit">
          <dt>{words.deposit}</dt>
          <dd>{formatMoney(depositMinor, currency, locale)}</dd>
        </div>
      )}
    </dl>
  );
}
