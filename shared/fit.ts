import * as z from "zod/mini";
import type { HullType, PartialVessel } from "./boat.ts";
import type { DockKind, Outlet } from "./dock.ts";
import { FIT_CODES, FIT_RULES } from "./fit-rules.ts";
import { explainFit } from "./fit-text.ts";
import type { LocalDate } from "./stay.ts";
import { TideWindows } from "./tide-window.ts";

export const Verdict = z.enum(["fits", "conditional", "no", "unknown"]);
export type Verdict = z.infer<typeof Verdict>;

/** Verdicts from best to worst. */
export const SEVERITY: readonly Verdict[] = ["fits", "conditional", "unknown", "no"];

export const FitRule = z.enum([
  "length",
  "beam",
  "depth",
  "air_draft",
  "displacement",
  "power",
  "hull_type",
  "insurance",
]);
export type FitRule = z.infer<typeof FitRule>;

/**
 * One rule's answer. `code` says what was found in a word that clients translate; `needed` and
 * `available` are what was compared, in centimetres, kilograms or amps. A boat that takes the ground
 * gets the `windows` in which she can come and go.
 */
export const FitReason = z.object({
  rule: FitRule,
  verdict: Verdict,
  code: z.string(),
  text: z.string(),
  needed: z.optional(z.number()),
  available: z.optional(z.number()),
  windows: z.optional(TideWindows),
});
export type FitReason = z.infer<typeof FitReason>;

/** May this boat lie here, these nights? The worst of its rules, with a reason for each. */
export const Fit = z.object({ verdict: Verdict, reasons: z.array(FitReason) });
export type Fit = z.infer<typeof Fit>;

/** Missing is null where it comes from a row and undefined where it comes from a schema. */
type Known<T> = T | null | undefined;

/** What of a dock decides who may lie there: the columns that a tile carries. */
export interface FitDock {
  kind: DockKind;
  minLoaCm?: Known<number>;
  maxLoaCm: number;
  maxBeamCm?: Known<number>;
  /** Depth below LAT, negative where it dries; missing where the depth or its datum is not known. */
  depthLatCm?: Known<number>;
  /** Whether there is a bridge or a wire at all: its height may still be unknown. */
  hasOverhead: boolean;
  overheadLatCm?: Known<number>;
  maxDisplacementKg?: Known<number>;
  outlets: readonly Outlet[];
  hullTypes: readonly HullType[];
  requiresInsurance: boolean;
}

/**
 * Lowest and highest water predicted over a stay, centimetres above LAT (our chart datum). The
 * lowest may be a few below 0: LAT is the lowest of 19 chosen years.
 */
export interface Water {
  lowCm: number;
  highCm: number;
}

/**
 * The worst of a dock's rules for a vessel: no > unknown > conditional > fits. Unknown outranks
 * conditional because a guest can accept a condition that is stated, while nobody has yet judged
 * what is not known: an instant booking must not pass on the one with the other open.
 * Allocates nothing.
 */
export function fitVerdict(
  dock: FitDock,
  vessel: PartialVessel,
  water: Water | undefined,
  departure?: LocalDate,
  windows?: TideWindows,
): Verdict {
  let worst = 0;
  for (const rule of FIT_RULES) {
    const code = rule(dock, vessel, water, departure, windows);
    if (code) worst = Math.max(worst, SEVERITY.indexOf(FIT_CODES[code][1]));
  }
  return SEVERITY[worst]!;
}

/**
 * Whether a vessel may lie at a dock while the water stays between two levels, with a reason for
 * each rule that has something to compare. Without a tide station `water` is undefined: depth is
 * then held against LAT itself, which is the safe bound, and an overhead that clears only LAT is
 * unknown. `departure` is the check-out day, which insurance must reach; `windows`, where they are
 * known, are the tides on which a boat that takes the ground comes and goes.
 */
export function fitBoat(
  dock: FitDock,
  vessel: PartialVessel,
  water: Water | undefined,
  departure?: LocalDate,
  windows?: TideWindows,
): Fit {
  const reasons: FitReason[] = [];
  for (const ask of FIT_RULES) {
    const code = ask(dock, vessel, water, departure, windows);
    if (!code) continue;
    const [rule, verdict] = FIT_CODES[code];
    const said = explainFit(code, dock, vessel, water, departure);
    const reason: FitReason = { rule, verdict, code, ...said };
    if (windows && code === "aground-at-low-water") reason.windows = windows;
    reasons.push(reason);
  }
  return { verdict: fitVerdict(dock, vessel, water, departure, windows), reasons };
}

/** Whether anything at all is known of a vessel, so that fit is a question. */
export function isVesselGiven(vessel: PartialVessel): boolean {
  return Object.values(vessel).some((value) => value !== undefined);
}
