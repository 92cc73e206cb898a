import type { PartialVessel } from "../../shared/boat.ts";
import { vesselToQuery } from "./search-query.ts";

/** Whether two vessels are measured alike, in whatever order. */
export function isSameVessel(a: PartialVessel, b: PartialVessel): boolean {
  const text = (vessel: PartialVessel) =>
    Object.entries(vesselToQuery(vessel)).map(String).toSorted().join("&");
  return text(a) === text(b);
}
