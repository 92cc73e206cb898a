import { expect, test } from "vitest";
import { applyDelta } from "../../shared/tile-delta.ts";
import { tileDock, toTile } from "../../shared/tile-dock.fixture.ts";
import { tilesVersion } from "./tile-version.ts";

const ANN = tileDock({ id: 7, version: 3 });
const BEN = tileDock({ id: 9, version: 1 });
const TAKEN = [20_900, 20_907, 0, -1];

test("tilesVersion is the same for the same docks, however a tile came by them", () => {
  const before = toTile([ANN, BEN]);
  const delta = { what: "nights", id: 9, version: 2, occupied: TAKEN } as const;
  const told = applyDelta(before, delta)!;
  const loaded = toTile([ANN, { ...BEN, version: 2, occupied: TAKEN }], {
    asOf: "99",
    baseDay: before.baseDay + 1,
  });
  expect(tilesVersion([told])).toBe(tilesVersion([loaded]));
  expect(tilesVersion([told])).not.toBe(tilesVersion([before]));
});

test("tilesVersion tells apart what differs in a version, a dock, a tile, or their order", () => {
  const tile = toTile([ANN, BEN]);
  const others = [
    [],
    [tile, tile],
    [toTile([ANN])],
    [toTile([])],
    [toTile([ANN, { ...BEN, version: 3 }])],
    [toTile([{ ...ANN, version: 1 }, { ...BEN, version: 3 }])],
    [toTile([ANN, { ...BEN, id: 10 }])],
    [toTile([ANN]), toTile([BEN])],
    [toTile([BEN]), toTile([ANN])],
    [toTile([ANN, BEN], { quadkey: "0" })],
  ];
  const versions = new Set([[tile], ...others].map(tilesVersion));
  expect(versions.size).toBe(others.length + 1);
});
