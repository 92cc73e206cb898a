import type { FitReason, FitRule } from "../../shared/fit.ts";
import { formatLength } from "./format.ts";
import type { LengthUnit } from "./format.ts";
import { reasonSentences } from "./reason-words.ts";

/** A rule's finding in the visitor's language and units; the API's sentence for one that is new. */
export function reasonText(reason: FitReason, unit: LengthUnit, locale: string): string {
  const { rule, code, needed, available } = reason;
  const sentence = Object.hasOwn(reasonSentences, code)
    ? reasonSentences[code as keyof typeof reasonSentences]
    : undefined;
  if (!sentence) return reason.text;
  const text = (value: number | undefined) =>
    value === undefined ? "" : formatValue(rule, value, unit, locale);
  return sentence(text(needed), text(available));
}

/** What a rule compares: lengths in centimetres, weights in kilograms, currents in amps. */
function formatValue(rule: FitRule, value: number, unit: LengthUnit, locale: string): string {
  if (rule === "power") return `${value} A`;
  if (rule !== "displacement") return formatLength(value, unit, locale);
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value / 1000)} t`;
}
