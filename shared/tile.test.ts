import { describe, expect, test } from "vitest";
import { decodeTile, encodeTile, type Tile, TileDamaged, waterOf } from "./tile.ts";
import { tileDock } from "./tile-dock.fixture.ts";

const TILE: Tile = {
  quadkey: "0302",
  page: 0,
  asOf: "7412",
  docks: [
    tileDock({ id: 1, occupied: [20_000, 20_007, 0, -1] }),
    tileDock({ id: 2, kind: "side_tie", lengthCm: 3_000, occupied: [20_000, 20_007, 0, 1_200] }),
  ],
};

function altered(change: (wire: { [name: string]: unknown; docks: object[] }) => void): string {
  const wire = JSON.parse(encodeTile(TILE));
  change(wire);
  return JSON.stringify(wire);
}

describe("a tile's text", () => {
  test("reads back as the tile", () => {
    expect(decodeTile(encodeTile(TILE))).toEqual(TILE);
    const empty = { quadkey: "", page: 0, asOf: "1", docks: [] };
    expect(decodeTile(encodeTile(empty))).toEqual(empty);
  });

  test("is refused when it is cut short, wherever", () => {
    const text = encodeTile(TILE);
    for (let length = 0; length < text.length; length += 7) {
      expect(() => decodeTile(text.slice(0, length))).toThrow(TileDamaged);
    }
  });

  test("is refused with the fault named", () => {
    expect(() => decodeTile(altered((wire) => void (wire.format = 2)))).toThrow(
      "Cannot read tile: format 2, expected 1",
    );
    expect(() => decodeTile("null")).toThrow("format undefined, expected 1");
    expect(() => decodeTile(altered((wire) => void wire.docks.pop()))).toThrow(
      "it announces 2 docks and holds 1",
    );
    expect(() => decodeTile(altered((wire) => void (wire.quadkey = "4")))).toThrow("its quadkey");
    expect(() => decodeTile(altered((wire) => void Object.assign(wire.docks[1]!, { lat: "x" }))))
      .toThrow("its docks.1.lat is not as the format says");
  });

  test("is refused when taken nights are not whole stretches", () => {
    for (
      const occupied of [
        [1, 2, 0],
        [2, 2, 0, -1],
        [2, 1, 0, -1],
        [1, 2, 5, 5],
        [1, 2, 5, -2],
        [1, 2.5, 0, -1],
      ]
    ) {
      const text = altered((wire) => void Object.assign(wire.docks[0]!, { occupied }));
      expect(() => decodeTile(text)).toThrow("docks.0.occupied");
    }
  });
});

test("waterOf reaches from chart datum to the highest tide, where there is a station", () => {
  expect(waterOf({ tideHighCm: 320 })).toEqual({ lowCm: 0, highCm: 320 });
  expect(waterOf({ tideHighCm: null })).toBeUndefined();
});
