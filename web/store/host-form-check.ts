import type { Faults } from "./host-faults.ts";
import type { DockForm, HarbourForm } from "./host-form.ts";
import { parseCoordinate } from "../text/coordinates.ts";
import { parseMoney, parseNumber } from "../text/figures.ts";
import { faultWords as words } from "../text/host-faults.ts";

/** As the API allows: 1 000 000 major units of most currencies. */
const MAX_MINOR = 100_000_000;

/** What is wrong with a dock's form, before the API is asked; by the API's paths. */
export function dockFormFaults(form: DockForm): Faults {
  const faults: Record<string, string> = {};
  const say = (path: string, message: string | undefined | false) => {
    if (message && !(path in faults)) faults[path] = message;
  };
  const isQuay = form.kind === "side_tie" || form.kind === "t_head";
  say("name", !form.name.trim() && words.missing);
  sayPosition(say, "position", form);
  say("maxLoaCm", (form.maxLoaCm === undefined || form.maxLoaCm < 100) && words.loa);
  if (form.minLoaCm !== undefined && form.maxLoaCm !== undefined) {
    say("minLoaCm", form.minLoaCm > form.maxLoaCm && words.shorter);
  }
  if (isQuay) {
    say("lengthCm", form.lengthCm === undefined && words.quay);
    const wanted = (form.maxLoaCm ?? 0) + (form.gapCm ?? 0);
    say("lengthCm", wanted > (form.lengthCm ?? 0) && words.quayShort);
  }
  say("maxDisplacementKg", numberFault(form.maxTonnes, 0, 20_000, true));
  form.outlets.forEach(({ volts, amps }, i) => {
    say(`outlets.${i}.volts`, wholeFault(volts, 12, 690));
    say(`outlets.${i}.amps`, wholeFault(amps, 1, 800));
  });
  say("hullTypes", form.hullTypes.length === 0 && words.hulls);
  say("minNights", wholeFault(form.minNights, 1, 365));
  say("maxNights", wholeFault(form.maxNights, 1, 365));
  say("minNights", Number(form.minNights) > Number(form.maxNights) && words.nights);
  say("noticeHours", wholeFault(form.noticeHours, 0, 2160, true));
  say("windowDays", wholeFault(form.windowDays, 1, 730));
  for (const name of ["checkInFrom", "checkOutBy", "holdUntil"] as const) {
    say(name, !form[name] && words.missing);
  }
  form.closures.forEach(({ from, to }, i) => {
    say(`closures.${i}.from`, !(from && to) && words.season);
  });

  const money = (text: string, mayBeEmpty: boolean) => {
    const minor = parseMoney(text, form.currency);
    if (minor === undefined) return !mayBeEmpty && words.missing;
    return Number.isNaN(minor) ? words.money : minor > MAX_MINOR && words.tooMuch;
  };
  say("rate.minor", money(form.price, false));
  form.seasons.forEach(({ name, from, to, price }, i) => {
    say(`rate.seasons.${i}.name`, !name.trim() && words.missing);
    say(`rate.seasons.${i}.from`, !(from && to) && words.season);
    say(`rate.seasons.${i}.minor`, money(price, false));
  });
  form.weekdayPercents.forEach((text, i) => {
    say(`rate.weekdayPercents.${i}`, wholeFault(text, 0, 1000));
  });
  say("rate.weeklyDiscountPercent", numberFault(form.weeklyDiscount, 0, 100, true));
  say("rate.monthlyDiscountPercent", numberFault(form.monthlyDiscount, 0, 100, true));
  say("rate.multihullPercent", wholeFault(form.multihullPercent, 100, 400));
  say("rate.fees.cleaningMinor", money(form.cleaning, true));
  say("rate.fees.powerPerNightMinor", money(form.power, true));
  say("rate.taxPercent", numberFault(form.tax, 0, 100, true));
  say("rate.depositMinor", money(form.deposit, true));
  return faults;
}

/** The same of a harbour's form. */
export function harbourFormFaults(form: HarbourForm): Faults {
  const faults: Record<string, string> = {};
  const say = (path: string, message: string | undefined | false) => {
    if (message && !(path in faults)) faults[path] = message;
  };
  say("name", !form.name.trim() && words.missing);
  say("place", !form.place.trim() && words.missing);
  say("country", !form.country && words.missing);
  sayPosition(say, "position", form);
  say("timeZone", !isZone(form.timeZone) && words.zone);
  say("vhfChannel", form.vhfChannel.trim().length > 20 && words.vhf);
  return faults;
}

function sayPosition(
  say: (path: string, message: string | false) => void,
  path: string,
  { lat, lon }: { lat: string; lon: string },
): void {
  for (const [axis, text] of [["lat", lat], ["lon", lon]] as const) {
    const degrees = parseCoordinate(text, axis);
    say(`${path}.${axis}`, (degrees === undefined || Number.isNaN(degrees)) && words[axis]);
  }
}

function numberFault(text: string, low: number, high: number, mayBeEmpty = false) {
  const value = parseNumber(text);
  if (value === undefined) return !mayBeEmpty && words.missing;
  if (Number.isNaN(value)) return words.number;
  return (value < low || value > high) && words.between(low, high);
}

function wholeFault(text: string, low: number, high: number, mayBeEmpty = false) {
  const value = parseNumber(text);
  const isPart = value !== undefined && !Number.isNaN(value) && !Number.isInteger(value);
  return isPart ? words.whole : numberFault(text, low, high, mayBeEmpty);
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone !== "";
  } catch {
    return false;
  }
}
