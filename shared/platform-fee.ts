import type { Collection } from "./dock.ts";

/**
 * What the platform takes of a stay whose price it collects: percent of what the stay's tax is
 * taken of, a line of its own on the guest's price. Nothing of stays that are paid at the dock.
 */
const PLATFORM_FEE_PERCENT = 5;

export function platformFeePercent(collection: Collection): number {
  return collection === "online" ? PLATFORM_FEE_PERCENT : 0;
}
