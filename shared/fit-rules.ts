import type { PartialVessel } from "./boat.ts";
import { HullType } from "./boat.ts";
import { isLinear } from "./dock.ts";
import type { FitDock, FitRule, Verdict, Water } from "./fit.ts";
import { powerCode } from "./fit-power.ts";
import type { LocalDate } from "./stay.ts";
import type { TideWindows } from "./tide-window.ts";

/**
 * Water kept between keel and ground. Predictions leave out air pressure and wind, which move
 * the surface by 20 cm in ordinary weather, and a berth silts up between two soundings.
 */
export const UNDER_KEEL_CM = 30;

/**
 * Air kept between mast and bridge or wire: aerials stand above what owners measure, wash lifts
 * the boat, and a wire must not only be missed but cleared.
 */
export const OVERHEAD_CLEARANCE_CM = 50;

/** Every finding, with its rule and what it means for the boat. */
export const FIT_CODES = {
  "length-fits": ["length", "fits"],
  "too-long": ["length", "no"],
  "too-short": ["length", "no"],
  "loa-unknown": ["length", "unknown"],
  "beam-fits": ["beam", "fits"],
  "too-wide": ["beam", "no"],
  "beam-unknown": ["beam", "unknown"],
  "max-beam-unknown": ["beam", "unknown"],
  "deep-enough": ["depth", "fits"],
  "aground-at-low-water": ["depth", "conditional"],
  "too-shallow": ["depth", "no"],
  "no-tide-to-enter": ["depth", "no"],
  "draft-unknown": ["depth", "unknown"],
  "depth-unknown": ["depth", "unknown"],
  "tide-unknown": ["depth", "unknown"],
  "clears-overhead": ["air_draft", "fits"],
  "too-high": ["air_draft", "no"],
  "air-draft-unknown": ["air_draft", "unknown"],
  "overhead-unknown": ["air_draft", "unknown"],
  "high-water-unknown": ["air_draft", "unknown"],
  "light-enough": ["displacement", "fits"],
  "too-heavy": ["displacement", "no"],
  "displacement-unknown": ["displacement", "unknown"],
  "max-displacement-unknown": ["displacement", "unknown"],
  "power-fits": ["power", "fits"],
  "power-adapter": ["power", "conditional"],
  "power-fewer-amps": ["power", "conditional"],
  "power-shared": ["power", "conditional"],
  "no-outlet": ["power", "no"],
  "hull-taken": ["hull_type", "fits"],
  "hull-not-taken": ["hull_type", "no"],
  "hull-unknown": ["hull_type", "unknown"],
  "insured": ["insurance", "fits"],
  "insurance-ends": ["insurance", "no"],
  "insurance-unknown": ["insurance", "unknown"],
  "departure-unknown": ["insurance", "unknown"],
} as const satisfies Record<string, readonly [FitRule, Verdict]>;

export type FitCode = keyof typeof FIT_CODES;

/** One rule: what it finds, or undefined where it has nothing to compare. */
type Rule = (
  dock: FitDock,
  vessel: PartialVessel,
  water: Water | undefined,
  departure: LocalDate | undefined,
  windows: TideWindows | undefined,
) => FitCode | undefined;

function isMissing(value: number | null | undefined): value is null | undefined {
  return value === null || value === undefined;
}

const lengthRule: Rule = (dock, vessel) => {
  if (vessel.loaCm === undefined) return "loa-unknown";
  if (vessel.loaCm > dock.maxLoaCm) return "too-long";
  return vessel.loaCm < (dock.minLoaCm ?? 0) ? "too-short" : "length-fits";
};

const beamRule: Rule = (dock, vessel) => {
  // At a buoy and along a quay there is nothing at the boat's other side.
  if (dock.kind === "mooring" || isLinear(dock.kind)) return undefined;
  if (isMissing(dock.maxBeamCm)) return "max-beam-unknown";
  if (vessel.beamCm === undefined) return "beam-unknown";
  return vessel.beamCm <= dock.maxBeamCm ? "beam-fits" : "too-wide";
};

/** Centimetres of tide above LAT that a vessel needs to float; undefined where it is not known. */
export function levelNeeded(dock: FitDock, vessel: PartialVessel): number | undefined {
  if (isMissing(dock.depthLatCm) || vessel.draftCm === undefined) return undefined;
  return vessel.draftCm + UNDER_KEEL_CM - dock.depthLatCm;
}

const depthRule: Rule = (dock, vessel, water, _departure, windows) => {
  if (isMissing(dock.depthLatCm)) return "depth-unknown";
  const needed = levelNeeded(dock, vessel);
  if (needed === undefined) return "draft-unknown";
  if ((water?.lowCm ?? 0) >= needed) return "deep-enough";
  if (!vessel.takesGround) return "too-shallow";
  if (!water) return "tide-unknown";
  if (water.highCm < needed) return "too-shallow";
  return windows?.arrival.length === 0 ? "no-tide-to-enter" : "aground-at-low-water";
};

const airDraftRule: Rule = (dock, vessel, water) => {
  if (!dock.hasOverhead) return undefined;
  if (isMissing(dock.overheadLatCm)) return "overhead-unknown";
  if (vessel.airDraftCm === undefined) return "air-draft-unknown";
  const needed = vessel.airDraftCm + OVERHEAD_CLEARANCE_CM;
  // Water never falls below LAT: what does not pass there never passes.
  if (dock.overheadLatCm - (water?.highCm ?? 0) < needed) return "too-high";
  return water ? "clears-overhead" : "high-water-unknown";
};

const displacementRule: Rule = (dock, vessel) => {
  if (isMissing(dock.maxDisplacementKg)) {
    // A buoy's tackle and a rack bear the boat, so they have a limit even where none is stated.
    const bears = dock.kind === "mooring" || dock.kind === "dry_rack";
    return bears ? "max-displacement-unknown" : undefined;
  }
  if (vessel.displacementKg === undefined) return "displacement-unknown";
  return vessel.displacementKg <= dock.maxDisplacementKg ? "light-enough" : "too-heavy";
};

const powerRule: Rule = (dock, vessel) => powerCode(vessel.inlets, dock.outlets);

const hullRule: Rule = (dock, vessel) => {
  if (vessel.hullType !== undefined) {
    return dock.hullTypes.includes(vessel.hullType) ? "hull-taken" : "hull-not-taken";
  }
  return HullType.options.every((hull) => dock.hullTypes.includes(hull))
    ? undefined
    : "hull-unknown";
};

const insuranceRule: Rule = (dock, vessel, _water, departure) => {
  if (!dock.requiresInsurance) return undefined;
  if (vessel.insuranceExpires === undefined) return "insurance-unknown";
  if (departure === undefined) return "departure-unknown";
  // Dates written YYYY-MM-DD sort as they follow each other.
  return vessel.insuranceExpires >= departure ? "insured" : "insurance-ends";
};

/** The rules in the order in which their reasons are given. */
export const FIT_RULES: readonly Rule[] = [
  lengthRule,
  beamRule,
  depthRule,
  airDraftRule,
  displacementRule,
  powerRule,
  hullRule,
  insuranceRule,
];
