import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bbox, bboxCentre, bboxesMeet, distanceM } from "../../shared/geo.ts";
import { quadkeyToBbox } from "../../shared/quadkey.ts";
import { createLeafDirectory, type Leaf } from "./leaf-directory.ts";

/** Leaves that cover the world: wherever a bit says so, a quarter is split again. */
const leaves: fc.Arbitrary<Leaf[]> = fc.array(fc.tuple(fc.boolean(), fc.nat(3)), {
  minLength: 200,
  maxLength: 200,
}).map((rolls) => {
  let roll = 0;
  const split = (quadkey: string): Leaf[] => {
    const [isSplit, docks] = rolls[roll++ % rolls.length]!;
    if (!isSplit || quadkey.length > 5) return [{ quadkey, docks }];
    return ["0", "1", "2", "3"].flatMap((digit) => split(quadkey + digit));
  };
  return ["0", "1", "2", "3"].flatMap(split);
});

const lon = fc.oneof(
  fc.constantFrom(-180, 0, 180),
  fc.double({ min: -180, max: 180, noNaN: true }),
);
const lat = fc.double({ min: -90, max: 90, noNaN: true });
const box: fc.Arbitrary<Bbox> = fc.tuple(lon, lon, lat, lat).map(([west, east, a, b]) => ({
  west,
  east,
  south: Math.min(a, b),
  north: Math.max(a, b),
}));

test("leavesIn finds each leaf that holds docks and meets the box, and no other", () => {
  fc.assert(fc.property(leaves, box, (all, asked) => {
    const expected = all
      .filter(({ quadkey, docks }) => docks > 0 && bboxesMeet(quadkeyToBbox(quadkey), asked))
      .map(({ quadkey }) => quadkey)
      .sort();
    const found = createLeafDirectory(1, all).leavesIn(asked).map(({ quadkey }) => quadkey);
    expect(found.sort()).toEqual(expected);
  }));
});

test("nearestIn finds the nearest of them, and says whether these are all", () => {
  fc.assert(fc.property(leaves, box, fc.nat(40), (all, asked, most) => {
    const directory = createLeafDirectory(1, all);
    const away = ({ quadkey }: Leaf) =>
      distanceM(bboxCentre(asked), bboxCentre(quadkeyToBbox(quadkey)));
    const expected = directory.leavesIn(asked).map(away).sort((a, b) => a - b);
    const found = directory.nearestIn(asked, most);
    expect(new Set(found.leaves).size).toBe(found.leaves.length);
    expect(directory.leavesIn(asked)).toEqual(expect.arrayContaining(found.leaves));
    expect(found.leaves.map(away).map(Math.round)).toEqual(expected.slice(0, most).map(Math.round));
    expect(found.isAll).toBe(expected.length <= most);
  }));
});

test("a world that is one leaf, and one without docks", () => {
  const whole = { west: -180, south: -90, east: 180, north: 90 };
  const one = createLeafDirectory(1, [{ quadkey: "", docks: 3 }]);
  expect(one.leavesIn(whole)).toEqual([{ quadkey: "", docks: 3 }]);
  expect(one.leafOf("0123")).toBe("");
  const none = createLeafDirectory(1, [{ quadkey: "", docks: 0 }]);
  expect(none.leavesIn(whole)).toEqual([]);
  expect(none.nearestIn(whole, 3)).toEqual({ leaves: [], isAll: true });
  expect(one.nearestIn(whole, 1)).toEqual({ leaves: [{ quadkey: "", docks: 3 }], isAll: true });
  expect(one.nearestIn(whole, 0)).toEqual({ leaves: [], isAll: false });
  expect(none.isEmpty("")).toBe(true);
});
