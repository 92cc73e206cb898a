import { feetToCm, metresToCm } from "../../shared/units.ts";
import type { LengthUnit } from "./format.ts";

/** A length as a form's field shows it: plain figures in the unit, no unit sign. */
export function lengthToText(cm: number | undefined, unit: LengthUnit): string {
  if (cm === undefined) return "";
  return String(Math.round((unit === "m" ? cm / 100 : cm / 30.48) * 100) / 100);
}

/**
 * Centimetres of a length that a person typed: `12.4`, `12,4`, `12 m`, `40'`, `40'6"`, `40 ft 6 in`.
 * Undefined for an empty text, NaN for one that is no length.
 */
export function parseLength(text: string, unit: LengthUnit): number | undefined {
  const clean = text.trim().toLowerCase().replaceAll(",", ".");
  if (clean === "") return undefined;
  const feet = /^(\d+(?:\.\d+)?)\s*(?:'|′|ft|feet)\s*(?:(\d+(?:\.\d+)?)\s*(?:"|″|''|in|inches)?)?$/
    .exec(clean);
  if (feet) return feetToCm(Number(feet[1]) + Number(feet[2] ?? 0) / 12);
  const metres = /^(\d+(?:\.\d+)?)\s*(m|cm)?$/.exec(clean);
  if (!metres) return NaN;
  const value = Number(metres[1]);
  if (metres[2] === "cm") return Math.round(value);
  return metres[2] === "m" || unit === "m" ? metresToCm(value) : feetToCm(value);
}
