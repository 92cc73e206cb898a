import { encodeTile, type Tile, tileToContent } from "../../shared/tile.ts";
import { gzip } from "../platform/gzip.ts";

/** A tile as clients get it. */
interface TileWire {
  plain: Uint8Array<ArrayBuffer>;
  zipped: Uint8Array<ArrayBuffer>;
}

/** Made once of each tile that somebody asks for, and gone with it. */
const wires = new WeakMap<Tile, Promise<TileWire>>();

/**
 * A tile's bytes, plain and gzipped. Their horizon says nothing: the same docks are then the same
 * bytes, whichever process read them.
 */
export function tileToWire(tile: Tile): Promise<TileWire> {
  let wire = wires.get(tile);
  if (!wire) {
    const plain = encodeTile({ ...tileToContent(tile), asOf: "0" });
    wire = gzip(plain).then((zipped) => ({ plain, zipped }));
    wires.set(tile, wire);
  }
  return wire;
}
