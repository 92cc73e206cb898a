import { MOST_DOCKS, type TileDock } from "./tile-dock.ts";
import { takenRuns, withNights } from "./tile-nights.ts";
import { spansOf, withSpans } from "./tile-quays.ts";
import { hasTidesOf } from "./tile-stations.ts";
import {
  assembleTile,
  decodeTile,
  encodeTile,
  placeOfDock,
  type Tile,
  tileDocks,
  versionOfDock,
} from "./tile.ts";

/**
 * What became of one dock at a version of its calendar: only its nights changed, it is here as
 * `dock` says, or it is here no more.
 */
export type TileDelta =
  | { what: "nights"; id: number; version: number; occupied: readonly number[] }
  | { what: "dock"; dock: TileDock }
  | { what: "gone"; id: number; version: number };

/**
 * A tile with a dock's change in it; the same tile where it knows that version or a later one, so
 * changes may come twice and in any order. Nights of a dock that it does not have change nothing.
 * Undefined where the dock finds no room, or not the tides that it lies in: the leaf has to be read
 * anew.
 */
export function applyDelta(tile: Tile, delta: TileDelta): Tile | undefined {
  const id = delta.what === "dock" ? delta.dock.id : delta.id;
  const version = delta.what === "dock" ? delta.dock.version : delta.version;
  if (version <= versionOfDock(tile, id)) return tile;
  const place = placeOfDock(tile, id);
  switch (delta.what) {
    case "nights":
      return place < 0 ? tile : withOccupied(tile, place, version, delta.occupied);
    case "dock":
      return hasTidesOf(tile.tides.stations, delta.dock, tile.baseDay)
        ? withDocks(tile, [...others(tile, id), delta.dock], without(tile.gone, id))
        : undefined;
    case "gone":
      return withDocks(tile, others(tile, id), new Map([...tile.gone, [id, version]]));
  }
}

/** The common change, a booking, in microseconds: all other columns are shared. */
function withOccupied(
  tile: Tile,
  place: number,
  version: number,
  occupied: readonly number[],
): Tile {
  const { positions, nights, quays, baseDay, memo } = tile;
  const versions = positions.versions.slice();
  versions[place] = version;
  const changed = { occupied: [...occupied] };
  const isQuay = tile.sizes.lengths[place]! >= 0;
  const next = assembleTile({
    ...tile,
    positions: { ...positions, versions },
    nights: isQuay ? nights : withNights(nights, place, takenRuns(changed, baseDay)),
    quays: isQuay ? withSpans(quays, place, spansOf(changed, baseDay)) : quays,
  });
  next.memo.words = memo.words;
  next.memo.photoUrl = memo.photoUrl;
  next.memo.shown = memo.shown.slice();
  next.memo.shown[place] = undefined;
  return next;
}

function others(tile: Tile, id: number): TileDock[] {
  return tileDocks(tile).filter((dock) => dock.id !== id);
}

function without(gone: Tile["gone"], id: number): Tile["gone"] {
  if (!gone.has(id)) return gone;
  return new Map([...gone].filter(([other]) => other !== id));
}

/** Anything else is rare enough to pack the tile again. */
function withDocks(
  tile: Tile,
  docks: readonly TileDock[],
  gone: Tile["gone"],
): Tile | undefined {
  if (docks.length > MOST_DOCKS) return undefined;
  const sorted = docks.toSorted((a, b) => a.id - b.id);
  const { quadkey, page, pages, asOf, baseDay, tides: { stations } } = tile;
  const content = { quadkey, page, pages, asOf, baseDay, docks: sorted, stations };
  const packed = decodeTile(encodeTile(content));
  return assembleTile({ ...packed, gone });
}
