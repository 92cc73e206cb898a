import type { TideDays } from "../../../shared/tide.ts";
import { harmonicsOf } from "../../local/demo/tide-stations.ts";

/** Degrees an hour of the constituents that make up most of a tide (Schureman, SP 98, table 2). */
const SPEEDS: Readonly<Record<string, number>> = {
  M2: 28.9841042,
  S2: 30,
  N2: 28.4397295,
  K2: 30.0821373,
  K1: 15.0410686,
  O1: 13.9430356,
  P1: 14.9589314,
  M4: 57.9682084,
  SA: 0.0410686,
};

/**
 * Days of a tide like a station's, in a hundredth of the time that a prediction takes: hourly, of
 * its largest constituents, by UTC days. Good for weighing bytes and for questions, not for boats.
 */
export function quickTideDays(station: string, firstDay: number, count: number): TideDays {
  const { constituents = [], mslM = 0, latM = 0 } = harmonicsOf(station) ?? {};
  const hours = count * 24;
  const levels = new Float64Array(hours).fill((mslM - latM) * 100);
  for (const [name, amplitudeM, phaseDeg] of constituents) {
    const speed = SPEEDS[name];
    if (speed === undefined) continue;
    const step = speed * (Math.PI / 180);
    const start = firstDay * 24 * step - phaseDeg * (Math.PI / 180);
    // cos(a + d) = 2 cos d cos a − cos(a − d)
    const twice = 2 * Math.cos(step);
    let now = Math.cos(start);
    let before = Math.cos(start - step);
    for (let hour = 0; hour < hours; hour++) {
      levels[hour]! += amplitudeM * 100 * now;
      [now, before] = [twice * now - before, now];
    }
  }
  const lowsCm = new Int16Array(count);
  const highsCm = new Int16Array(count);
  for (let day = 0; day < count; day++) {
    let low = Infinity;
    let high = -Infinity;
    for (let hour = day * 24; hour < day * 24 + 24; hour++) {
      if (levels[hour]! < low) low = levels[hour]!;
      if (levels[hour]! > high) high = levels[hour]!;
    }
    lowsCm[day] = Math.floor(low);
    highsCm[day] = Math.ceil(high);
  }
  return { firstDay, lowsCm, highsCm };
}
