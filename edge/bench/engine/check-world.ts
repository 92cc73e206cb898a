import { DockKind } from "../../../shared/dock.ts";
import type { TileDock } from "../../../shared/tile-dock.ts";

/** Throws where a world leaves out what a search must know: a benchmark on it would say nothing. */
export function checkWorld(docks: readonly TileDock[]): void {
  const has = (isSo: (dock: TileDock) => boolean) => docks.some(isSo);
  const checks: [string, boolean][] = [
    ...DockKind.options.map((kind): [string, boolean] => [
      `a ${kind}`,
      has((dock) => dock.kind === kind),
    ]),
    [
      "quays, one in ten",
      docks.filter((dock) => dock.lengthCm !== null).length * 10 > docks.length,
    ],
    ["a price by the night", has(({ rate }) => rate.basis === "per_night")],
    ["a price by the boat's length", has(({ rate }) => isByLength(rate, "loa"))],
    ["a price by the berth's length", has(({ rate }) => isByLength(rate, "max_loa_berth"))],
    ["seasons", has(({ rate }) => rate.seasons.length > 1)],
    ["a season over New Year", has(({ rate }) => rate.seasons.some(({ from, to }) => from > to))],
    ["weekdays", has(({ rate }) => new Set(rate.weekdayPercents).size > 1)],
    ["a weekly discount", has(({ rate }) => rate.weeklyDiscountPercent > 0)],
    ["a monthly discount", has(({ rate }) => rate.monthlyDiscountPercent > 0)],
    ["a multihull's price", has(({ rate }) => rate.multihullPercent > 100)],
    ["cleaning", has(({ rate }) => rate.fees.cleaningMinor > 0)],
    ["power by the night", has(({ rate }) => rate.fees.powerPerNightMinor > 0)],
    ["a tax in parts of a percent", has(({ rate }) => rate.taxPercent % 1 !== 0)],
    ["many currencies", new Set(docks.map(({ rate }) => rate.currency)).size >= 8],
    ["an overhead", has((dock) => dock.hasOverhead && dock.overheadLatCm !== null)],
    ["an overhead that is not known", has((d) => d.hasOverhead && d.overheadLatCm === null)],
    ["a beam that is not known", has((d) => d.kind === "slip" && d.maxBeamCm === null)],
    ["a depth that is not known", has((dock) => dock.depthLatCm === null)],
    ["a limit of weight", has((dock) => dock.maxDisplacementKg !== null)],
    ["no tide station", has((dock) => dock.tideStation === null)],
    ["hulls that are not taken", has((dock) => dock.hullTypes.length < 3)],
    ["insurance", has((dock) => dock.requiresInsurance)],
    ["no shore power", has((dock) => dock.outlets.length === 0)],
    ["three phases", has((dock) => dock.outlets.some(({ phases }) => phases === 3))],
  ];
  const missing = checks.filter(([, isThere]) => !isThere).map(([what]) => what);
  if (missing.length > 0) throw new Error(`the world has no ${missing.join(", no ")}`);
}

function isByLength({ basis, billable }: TileDock["rate"], what: string): boolean {
  return basis === "per_length_night" && billable === what;
}
