import type { Cluster } from "../../shared/api.ts";
import { bboxCentre } from "../../shared/geo.ts";
import { groupBy } from "../../shared/group-by.ts";
import { quadkeyToBbox } from "../../shared/quadkey.ts";
import type { Leaf } from "./leaf-directory.ts";

/** More would cover the map that they are to make readable. */
const MOST_CLUSTERS = 64;

/** Leaves gathered by the deepest level of the quadtree that leaves few enough clusters. */
export function leavesToClusters(leaves: readonly Leaf[]): Cluster[] {
  let depth = Math.max(0, ...leaves.map(({ quadkey }) => quadkey.length));
  let groups = groupAt(leaves, depth);
  while (groups.length > MOST_CLUSTERS) groups = groupAt(leaves, --depth);
  return groups.map(toCluster);
}

function groupAt(leaves: readonly Leaf[], depth: number): Leaf[][] {
  return [...groupBy(leaves, ({ quadkey }) => quadkey.slice(0, depth)).values()];
}

function toCluster(leaves: readonly Leaf[]): Cluster {
  const count = leaves.reduce((sum, { docks }) => sum + docks, 0);
  const centres = leaves.map(({ quadkey, docks }) => ({
    ...bboxCentre(quadkeyToBbox(quadkey)),
    weight: docks / count,
  }));
  return {
    lat: centres.reduce((sum, { lat, weight }) => sum + lat * weight, 0),
    lon: centres.reduce((sum, { lon, weight }) => sum + lon * weight, 0),
    count,
  };
}
