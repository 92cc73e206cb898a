import type { LayerCounts } from "./layer-counts.ts";

const ALL_HERE = new Map<number, string>();

/** RFC 9211: one entry for each layer that was asked for tiles, the nearest to the origin first. */
export function layersToStatus(layers: LayerCounts): string {
  const { memory, renewed, collapsed, edge, shared, origin = 0 } = layers;
  const beyondEdge = (shared ?? 0) + origin;
  const missing = renewed + collapsed + (edge ?? 0) + beyondEdge;
  if (missing === 0) return allHere(memory);
  const entries: string[] = [];
  if (shared !== undefined) entries.push(entry("redis", shared, origin));
  if (edge !== undefined) entries.push(entry("edge", edge, beyondEdge));
  const status = entry("memory", memory, missing, renewed === missing ? "stale" : "miss");
  entries.push(`${status}${collapsed > 0 ? "; collapsed" : ""}`);
  return entries.join(", ");
}

/** As nearly always. */
function allHere(tiles: number): string {
  let text = ALL_HERE.get(tiles);
  if (text === undefined) ALL_HERE.set(tiles, text = entry("memory", tiles, 0));
  return text;
}

function entry(layer: string, had: number, lacked: number, why = "miss"): string {
  const found = lacked === 0 ? "hit" : `fwd=${why}`;
  return `dokkerr-${layer}; ${found}; detail="${had} of ${had + lacked} tiles"`;
}
