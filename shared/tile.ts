import * as z from "zod/mini";
import { HullType } from "./boat.ts";
import { Collection, Datum, DockKind, Outlet, TimeOfDay } from "./dock.ts";
import type { Water } from "./fit.ts";
import { DockId } from "./ids.ts";
import { isQuadkey } from "./quadkey.ts";
import { Rate } from "./rate.ts";

/** Changes with every change of what `encodeTile` writes; part of each URL and key of a tile. */
export const TILE_FORMAT = 1;

const Cm = z.nullable(z.int());

/**
 * Taken stretches, four numbers each: `fromDay, toDay` (half-open day numbers), `spanLo, spanHi`
 * (half-open centimetres along the quay; spanHi -1 where the whole berth is taken).
 */
const Occupied = z.array(z.int()).check(
  z.refine(
    (flat) =>
      flat.length % 4 === 0 &&
      flat.every((value, i) => i % 4 !== 1 || value > flat[i - 1]!) &&
      flat.every((value, i) => i % 4 !== 3 || value === -1 || value > flat[i - 1]!),
    { error: "must be groups of fromDay < toDay, spanLo < spanHi" },
  ),
);

/** A dock as the search knows it. `version` is its calendar's; the position is the public one. */
export const TileDock = z.object({
  id: DockId,
  version: z.int(),
  lat: z.number(),
  lon: z.number(),
  name: z.string(),
  kind: DockKind,
  harbourId: DockId,
  harbourName: z.string(),
  country: z.string(),
  timeZone: z.string(),
  minLoaCm: Cm,
  maxLoaCm: z.int(),
  maxBeamCm: Cm,
  /** Depth as it is shown, and the same below LAT, null where its datum cannot be converted. */
  depthCm: Cm,
  depthDatum: z.nullable(Datum),
  depthLatCm: Cm,
  hasOverhead: z.boolean(),
  overheadLatCm: Cm,
  maxDisplacementKg: Cm,
  outlets: z.array(Outlet),
  hullTypes: z.array(HullType),
  requiresInsurance: z.boolean(),
  /** Bit n for `AMENITIES[n]`. */
  amenities: z.int(),
  instantBook: z.boolean(),
  collection: Collection,
  minNights: z.int(),
  maxNights: z.int(),
  noticeHours: z.int(),
  windowDays: z.int(),
  checkInFrom: TimeOfDay,
  rate: Rate,
  rating: z.nullable(z.number()),
  /** Key of the first picture's blob. */
  photo: z.nullable(z.string()),
  /** Quays only. */
  lengthCm: Cm,
  gapCm: z.int(),
  /** Highest astronomical tide above LAT at the dock's station; null where there is no station. */
  tideHighCm: Cm,
  occupied: Occupied,
});
export type TileDock = z.infer<typeof TileDock>;

/**
 * The docks of a leaf of the world: `page` counts on where more lie at one place than a tile
 * holds. `asOf` is the transaction horizon that it was read at: later changes may be missing.
 */
export const Tile = z.object({
  quadkey: z.string().check(z.refine(isQuadkey)),
  page: z.int().check(z.gte(0)),
  asOf: z.string(),
  docks: z.array(TileDock),
});
export type Tile = z.infer<typeof Tile>;

const Wire = z.extend(Tile, { format: z.literal(TILE_FORMAT), count: z.int() });

/** A tile that cannot be used: cut short, altered, or of another format. */
export class TileDamaged extends Error {
  constructor(fault: string) {
    super(`Cannot read tile: ${fault}`);
    this.name = "TileDamaged";
  }
}

/** A tile as it is stored and sent: JSON text. */
export function encodeTile(tile: Tile): string {
  return JSON.stringify({ format: TILE_FORMAT, count: tile.docks.length, ...tile });
}

/**
 * The tile of `encodeTile`'s text.
 *
 * @throws {TileDamaged} where the text is cut short, of another format, or not a tile.
 */
export function decodeTile(text: string): Tile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TileDamaged(`${text.length} characters that are not whole JSON`);
  }
  const result = Wire.safeParse(value);
  if (!result.success) throw new TileDamaged(describeFault(value, result.error.issues[0]));
  const { format: _, count, ...tile } = result.data;
  if (count !== tile.docks.length) {
    throw new TileDamaged(`it announces ${count} docks and holds ${tile.docks.length}`);
  }
  return tile;
}

function describeFault(value: unknown, issue: z.core.$ZodIssue | undefined): string {
  const format = typeof value === "object" && value && "format" in value ? value.format : undefined;
  if (format !== TILE_FORMAT) return `format ${String(format)}, expected ${TILE_FORMAT}`;
  return `its ${issue?.path.map(String).join(".") || "content"} is not as the format says`;
}

/** Every level of the tide at a dock: between chart datum and the highest that is predicted. */
export function waterOf(dock: Pick<TileDock, "tideHighCm">): Water | undefined {
  return dock.tideHighCm === null ? undefined : { lowCm: 0, highCm: dock.tideHighCm };
}
