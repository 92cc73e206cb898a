/** A cluster as it is drawn: where its middle lies on the screen, and of how many docks. */
export interface DrawnCluster {
  x: number;
  y: number;
  count: number;
}

/** How wide a cluster is drawn, in pixels: ten times the docks, six more. */
export function clusterSize(count: number): number {
  return Math.round(Math.min(60, 34 + 6 * Math.log10(Math.max(1, count))));
}

/**
 * Clusters of which none covers another's number: a smaller one goes into the larger that it would
 * lie upon, and draws its middle towards itself by as many docks as it has.
 */
export function mergeClusters(clusters: readonly DrawnCluster[]): DrawnCluster[] {
  let merged = clusters.toSorted((a, b) => b.count - a.count);
  // A middle that has moved may lie upon another one then.
  for (let before = Infinity; merged.length < before;) {
    before = merged.length;
    const kept: DrawnCluster[] = [];
    for (const cluster of merged) {
      const at = kept.findIndex((larger) => isUpon(cluster, larger));
      if (at < 0) kept.push(cluster);
      else kept[at] = put(kept[at]!, cluster);
    }
    merged = kept.sort((a, b) => b.count - a.count);
  }
  return merged;
}

function isUpon(a: DrawnCluster, b: DrawnCluster): boolean {
  const apart = (clusterSize(a.count) + clusterSize(b.count)) / 2;
  return Math.hypot(a.x - b.x, a.y - b.y) < apart;
}

function put(a: DrawnCluster, b: DrawnCluster): DrawnCluster {
  const count = a.count + b.count;
  return {
    x: (a.x * a.count + b.x * b.count) / count,
    y: (a.y * a.count + b.y * b.count) / count,
    count,
  };
}
