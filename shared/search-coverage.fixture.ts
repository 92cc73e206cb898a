import { HullType } from "./boat.ts";
import { DockKind } from "./dock.ts";
import type { TileDock, TileStation } from "./tile-dock.ts";

const CURRENCIES = ["EUR", "USD", "JPY", "ISK"];

/**
 * Throws where a world leaves out what a search must know: a comparison on it would say nothing.
 * Every kind, rule of a rate, currency, overhead and gap of knowledge must be there, and a tenth
 * of the docks must be quays.
 */
export function refusePoorWorld(
  docks: readonly TileDock[],
  stations: readonly TileStation[],
): void {
  const has = (isSo: (dock: TileDock) => boolean) => docks.some(isSo);
  const rates = docks.map(({ rate }) => rate);
  const stationOf = ({ tideStation }: TileDock) => stations.find(({ id }) => id === tideStation);
  const checks: Record<string, boolean> = {
    ...Object.fromEntries(
      DockKind.options.map((kind) => [kind, has((dock) => dock.kind === kind)]),
    ),
    ...Object.fromEntries(
      CURRENCIES.map((one) => [one, rates.some(({ currency }) => currency === one)]),
    ),
    "one quay in ten": docks.filter((dock) => dock.lengthCm !== null).length * 10 >= docks.length,
    "price by the night": rates.some(({ basis }) => basis === "per_night"),
    ...Object.fromEntries((["loa", "max_loa_berth"] as const).map((what) => [
      `price by the ${what}`,
      rates.some(({ basis, billable }) => basis === "per_length_night" && billable === what),
    ])),
    "several seasons": rates.some(({ seasons }) => seasons.length > 1),
    "season over New Year": rates.some(({ seasons }) => seasons.some(({ from, to }) => from > to)),
    "price by weekday": rates.some(({ weekdayPercents }) => new Set(weekdayPercents).size > 1),
    "weekly discount": rates.some(({ weeklyDiscountPercent }) => weeklyDiscountPercent > 0),
    "monthly discount": rates.some(({ monthlyDiscountPercent }) => monthlyDiscountPercent > 0),
    "price of multihulls": rates.some(({ multihullPercent }) => multihullPercent > 100),
    "price of cleaning": rates.some(({ fees }) => fees.cleaningMinor > 0),
    "price of power": rates.some(({ fees }) => fees.powerPerNightMinor > 0),
    "tax in parts of a percent": rates.some(({ taxPercent }) => taxPercent % 1 !== 0),
    "free price": rates.some(({ minor }) => minor === 0),
    "overhead": has((dock) => dock.hasOverhead && dock.overheadLatCm !== null),
    "unknown overhead": has((dock) => dock.hasOverhead && dock.overheadLatCm === null),
    "unknown beam": has((dock) => dock.kind === "slip" && dock.maxBeamCm === null),
    "unknown depth": has((dock) => dock.depthLatCm === null),
    "unknown limit of weight": has((d) => d.kind === "mooring" && d.maxDisplacementKg === null),
    "limit of weight": has((dock) => dock.maxDisplacementKg !== null),
    "berth that dries": has((dock) => dock.depthLatCm !== null && dock.depthLatCm < 0),
    "dock without a station": has((dock) => dock.tideStation === null),
    "station without a table": has((dock) => stationOf(dock)?.table === null),
    "station of the dock's zone": has((d) => stationOf(d)?.table?.timeZone === d.timeZone),
    "station of another zone": has((dock) => {
      const table = stationOf(dock)?.table;
      return !!table && table.timeZone !== dock.timeZone;
    }),
    "hull that is not taken": has((dock) => dock.hullTypes.length < HullType.options.length),
    "insurance asked for": has((dock) => dock.requiresInsurance),
    "dock without power": has((dock) => dock.outlets.length === 0),
    "dock without a rating": has((dock) => dock.rating === null),
    "request": has((dock) => !dock.instantBook),
    "notice": has((dock) => dock.noticeHours > 0),
    "quay with two boats at once": has((dock) => dock.lengthCm !== null && sharesNights(dock)),
  };
  const missing = Object.entries(checks).filter(([, isThere]) => !isThere).map(([what]) => what);
  if (missing.length > 0) throw new Error(`the world has no ${missing.join(", no ")}`);
}

function sharesNights({ occupied }: TileDock): boolean {
  for (let i = 0; i < occupied.length; i += 4) {
    for (let j = i + 4; j < occupied.length; j += 4) {
      if (occupied[i]! < occupied[j + 1]! && occupied[j]! < occupied[i + 1]!) return true;
    }
  }
  return false;
}
