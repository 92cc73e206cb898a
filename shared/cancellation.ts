import * as z from "zod/mini";
import type { CancellationPolicy } from "./dock.ts";
import { multiplyDivideRounded } from "./money.ts";

/** So many hours or more before check-in, so many percent of the total go back. */
export const CancellationTier = z.object({
  hours: z.int().check(z.gte(0)),
  percent: z.int().check(z.gte(0), z.lte(100)),
});
export type CancellationTier = z.infer<typeof CancellationTier>;

/**
 * What a guest who cancels gets back, the widest tier first; nothing where none is left. The percent
 * is of the stay's whole total, so that tax and the platform's fee go back in the same proportion.
 * The deposit always goes back whole. A booking keeps the tiers that it was made under.
 */
export const CANCELLATION_TIERS: Readonly<Record<CancellationPolicy, readonly CancellationTier[]>> =
  {
    flexible: [{ hours: 24, percent: 100 }],
    moderate: [{ hours: 120, percent: 100 }, { hours: 24, percent: 50 }],
    strict: [{ hours: 336, percent: 100 }, { hours: 168, percent: 50 }],
  };

const HOUR_MS = 3_600_000;

/** The percent that goes back where a stay is given up at an instant; the last moment counts. */
export function refundPercent(
  tiers: readonly CancellationTier[],
  checkInMs: number,
  nowMs: number,
): number {
  return tiers.find(({ hours }) => nowMs <= checkInMs - hours * HOUR_MS)?.percent ?? 0;
}

/**
 * What a guest who gave up a part of a stay (or all of it) gets back of its price, in minor units,
 * rounded once, half away from zero.
 */
export function refundMinor(
  givenUpMinor: number,
  tiers: readonly CancellationTier[],
  checkInMs: number,
  nowMs: number,
): number {
  return multiplyDivideRounded(givenUpMinor, refundPercent(tiers, checkInMs, nowMs), 100);
}

/** The last instant of each tier, in order: "until then so much goes back". Milliseconds since 1970. */
export function refundSteps(
  tiers: readonly CancellationTier[],
  checkInMs: number,
): { untilMs: number; percent: number }[] {
  return tiers.map(({ hours, percent }) => ({ untilMs: checkInMs - hours * HOUR_MS, percent }));
}
