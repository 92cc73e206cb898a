import { parseMoney, parseNumber } from "../text/figures.ts";
import { faultWords as words } from "../text/boat-fault-words.ts";
import { formatLength } from "../text/format.ts";
import type { LengthUnit } from "../text/format.ts";
import type { BoatForm } from "./boat-form.ts";

/** Sentences about single values, by the API's path (`inlets.0.amps`). */
export type BoatFaults = Readonly<Record<string, string>>;

/** The bounds of `NewBoat`, in centimetres; the first three lengths must be there. */
const LENGTHS = [
  ["loaCm", 100, 30_000, true],
  ["beamCm", 30, 6_000, true],
  ["draftCm", 5, 2_000, true],
  ["hullLengthCm", 100, 30_000, false],
  ["airDraftCm", 30, 12_000, false],
] as const;
const MIN_TONNES = 0.05;
const MAX_TONNES = 20_000;

/** What of a boat would be refused, before the API is asked. */
export function boatFormFaults(form: BoatForm, unit: LengthUnit, locale: string): BoatFaults {
  const faults: Record<string, string> = {};
  const say = (path: string, message: string | false) => {
    if (message && !(path in faults)) faults[path] = message;
  };
  say("name", form.name.trim() === "" && words.name);
  for (const [name, low, high, isNeeded] of LENGTHS) {
    const cm = form[name];
    say(name, isNeeded && cm === null && words.missing);
    const isOff = cm !== null && (cm < low || cm > high);
    say(
      name,
      isOff && words.between(formatLength(low, unit, locale), formatLength(high, unit, locale)),
    );
  }
  say("hullLengthCm", (form.hullLengthCm ?? 0) > (form.loaCm ?? Infinity) && words.hull);
  say("displacementKg", tonnesFault(form.tonnes, locale));
  form.inlets.forEach(({ volts, amps }, i) => {
    say(`inlets.${i}.volts`, wholeFault(volts, 12, 690));
    say(`inlets.${i}.amps`, wholeFault(amps, 1, 800));
  });
  const amount = parseMoney(form.insuranceAmount, form.insuranceCurrency);
  say("insuranceLimit", amount !== undefined && !Number.isSafeInteger(amount) && words.money);
  say("insuranceExpires", amount !== undefined && !form.insuranceExpires && words.expires);
  return faults;
}

function tonnesFault(text: string, locale: string): string | false {
  const tonnes = parseNumber(text);
  if (tonnes === undefined) return false;
  if (Number.isNaN(tonnes)) return words.number;
  const format = new Intl.NumberFormat(locale);
  return (tonnes < MIN_TONNES || tonnes > MAX_TONNES) &&
    words.between(format.format(MIN_TONNES), format.format(MAX_TONNES));
}

function wholeFault(text: string, low: number, high: number): string | false {
  const value = parseNumber(text);
  if (value === undefined) return words.missing;
  if (!Number.isInteger(value)) return words.whole;
  return (value < low || value > high) && words.between(String(low), String(high));
}
