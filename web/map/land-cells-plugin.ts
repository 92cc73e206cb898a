import { feature } from "topojson-client";
import type { Plugin } from "vite";
import { cellCounts, cellEdges, cellsOver, encodeRing, LAND_LEVELS } from "./land-cells.ts";
import { clipRing } from "./polygon-clip.ts";
import type { Edges } from "./polygon-clip.ts";
import { unwrapRing } from "./unwrap-ring.ts";

type Topology = Parameters<typeof feature>[0];

const MODULE_ID = "virtual:land-cells";

/** Natural Earth's land as world-atlas packs it, one file a level of `LAND_LEVELS`. */
export interface LandSource {
  readLevel(level: number): string;
}

interface LandFiles {
  tag: string;
  masks: string[];
  contents: Map<string, string>;
}

/**
 * Cuts the world's land into small files that a map loads as it needs them, so that there is a
 * coast under the docks with no tile server at all.
 */
export function landCells(source: LandSource): Plugin {
  let made: LandFiles | undefined;
  const files = () => made ??= makeFiles(source);
  let command: "serve" | "build" = "build";
  return {
    name: "dokkerr-land-cells",
    configResolved(config) {
      command = config.command;
    },
    resolveId: (id) => id === MODULE_ID ? `\0${MODULE_ID}` : undefined,
    load(id) {
      if (id !== `\0${MODULE_ID}`) return undefined;
      const { tag, masks, contents } = files();
      if (command === "build") {
        for (const [fileName, text] of contents) {
          this.emitFile({ type: "asset", fileName, source: text });
        }
      }
      return `export const landTag = ${JSON.stringify(tag)};
export const landMasks = ${JSON.stringify(masks)};`;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const text = request.url?.startsWith("/land/")
          ? files().contents.get(request.url.slice(1))
          : undefined;
        if (text === undefined) return next();
        response.setHeader("content-type", "application/json");
        response.end(text);
      });
    },
  };
}

function makeFiles(source: LandSource): LandFiles {
  const found = new Map<string, string>();
  const masks = LAND_LEVELS.map((level, index) => {
    const { columns, rows } = cellCounts(level);
    const cells = new Map<number, number[][]>();
    for (const ring of readRings(source.readLevel(index))) {
      for (const { column, row } of cellsOver(level, ringEdges(ring))) {
        const edges = cellEdges(level, column, row);
        const steps = encodeRing(clipRing(ring, edges), edges);
        if (steps.length === 0) continue;
        const key = row * columns + column;
        cells.set(key, [...(cells.get(key) ?? []), steps]);
      }
    }
    for (const [key, rings] of cells) {
      const name = `${level.degrees}/${key % columns}_${Math.floor(key / columns)}`;
      found.set(name, JSON.stringify(rings));
    }
    return Array.from({ length: columns * rows }, (_, key) => cells.has(key) ? "1" : "0").join("");
  });
  // One tag for all of them: a browser keeps what bears one for as long as it likes.
  const tag = hashTexts(found.values());
  const contents = new Map([...found].map(([name, text]) => [`land/${name}-${tag}.json`, text]));
  return { tag, masks, contents };
}

/** FNV-1a of 32 bits, eight hexadecimal digits. */
function hashTexts(texts: Iterable<string>): string {
  let hash = 0x811c9dc5;
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function readRings(text: string): number[][] {
  // The package's own file: a topology with one object called land.
  const topology = JSON.parse(text) as Topology;
  const land = feature(topology, topology.objects["land"]!);
  const shapes = land.type === "FeatureCollection" ? land.features : [land];
  return shapes.flatMap(({ geometry }) => {
    if (geometry.type === "Polygon") return geometry.coordinates;
    return geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : [];
  }).flatMap((ring) => unwrapRing(ring.flatMap(([lon, lat]) => [lon!, lat!])));
}

function ringEdges(ring: readonly number[]): Edges {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    west = Math.min(west, ring[i]!);
    east = Math.max(east, ring[i]!);
    south = Math.min(south, ring[i + 1]!);
    north = Math.max(north, ring[i + 1]!);
  }
  return [west, south, east, north];
}
