import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Bbox,
  bboxCentre,
  bboxesMeet,
  bboxHas,
  createDistance,
  createMeeting,
  distanceM,
  Position,
  wrapLon,
} from "./geo.ts";
import { circleToBbox } from "./circle.ts";
import { isQuadkey, MAX_DEPTH, positionToQuadkey, quadkeyToBbox } from "./quadkey.ts";

const position = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
});
const box: fc.Arbitrary<Bbox> = fc.tuple(position, position).map(([a, b]) => ({
  west: a.lon,
  east: b.lon,
  south: Math.min(a.lat, b.lat),
  north: Math.max(a.lat, b.lat),
}));
const FIJI: Bbox = { west: 175, south: -20, east: -175, north: -15 };

describe("distanceM", () => {
  test("is the great circle's length", () => {
    // A quarter of a meridian of the mean sphere, and the haversine example of Rosetta Code.
    expect(distanceM({ lat: 0, lon: 0 }, { lat: 90, lon: 77 })).toBeCloseTo(10_007_557, -1);
    expect(distanceM({ lat: 36.12, lon: -86.67 }, { lat: 33.94, lon: -118.4 }) / 6_371.0088)
      .toBeCloseTo(2_887.26 / 6.3728, 1);
    expect(distanceM({ lat: 10, lon: 179.9 }, { lat: 10, lon: -179.9 })).toBeLessThan(22_000);
    expect(distanceM({ lat: 90, lon: 0 }, { lat: 90, lon: 120 })).toBeCloseTo(0, 3);
  });

  test("is the same both ways and never beyond half of the Earth's girth", () => {
    fc.assert(fc.property(position, position, (a, b) => {
      expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 3);
      expect(distanceM(a, b)).toBeLessThan(20_015_200);
      expect(distanceM(a, a)).toBe(0);
    }));
  });
});

describe("boxes", () => {
  test("may cross the antimeridian", () => {
    expect(bboxHas(FIJI, { lat: -17, lon: 178 })).toBe(true);
    expect(bboxHas(FIJI, { lat: -17, lon: -178 })).toBe(true);
    expect(bboxHas(FIJI, { lat: -17, lon: 0 })).toBe(false);
    expect(bboxCentre(FIJI)).toEqual({ lat: -17.5, lon: 180 });
  });

  test("take 180° and -180° for one meridian", () => {
    const west = { west: -180, south: -20, east: -170, north: -10 };
    const east = { west: 170, south: -20, east: 180, north: -10 };
    expect(bboxHas(west, { lat: -15, lon: 180 })).toBe(true);
    expect(bboxHas(east, { lat: -15, lon: -180 })).toBe(true);
    expect(bboxesMeet(west, east)).toBe(true);
  });

  test("meet where they share a position", () => {
    fc.assert(fc.property(box, box, position, (a, b, at) => {
      expect(bboxesMeet(a, b)).toBe(bboxesMeet(b, a));
      if (bboxHas(a, at) && bboxHas(b, at)) expect(bboxesMeet(a, b)).toBe(true);
      expect(bboxesMeet(a, a)).toBe(true);
    }));
  });

  test("do not meet apart", () => {
    expect(bboxesMeet(FIJI, { west: -174, south: -20, east: 174, north: -15 })).toBe(false);
    expect(bboxesMeet(FIJI, { west: 170, south: -14, east: 180, north: 0 })).toBe(false);
  });

  test("hold every position of their circle", () => {
    const radius = fc.double({ min: 1, max: 20_038_000, noNaN: true });
    const near = fc.tuple(
      position,
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
    )
      .map(([at, dLat, dLon]) =>
        [at, {
          lat: Math.max(-90, Math.min(90, at.lat + dLat)),
          lon: wrapLon(at.lon + dLon),
        }] as const
      );
    fc.assert(
      fc.property(near, radius, ([centre, at], radiusM) => {
        const metres = distanceM(centre, at);
        if (metres <= radiusM) expect(bboxHas(circleToBbox(centre, radiusM), at)).toBe(true);
        expect(bboxHas(circleToBbox(centre, metres), at)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("of circles over a pole or across the antimeridian go all the way", () => {
    expect(circleToBbox({ lat: 89.9, lon: 20 }, 50_000)).toMatchObject({ west: -180, east: 180 });
    const across = circleToBbox({ lat: 0, lon: 179.9 }, 50_000);
    expect(across.west).toBeGreaterThan(across.east);
  });
});

test("wrapLon brings longitudes into range", () => {
  expect(wrapLon(190)).toBe(-170);
  expect(wrapLon(-190)).toBe(170);
  expect(wrapLon(180)).toBe(180);
  expect(wrapLon(540)).toBe(-180);
});

describe("quadkeys", () => {
  test("are those of the Bing Maps tile system", () => {
    // Tile (3, 5) of level 3 is "213" in its documentation.
    const { west, south, east, north } = quadkeyToBbox("213");
    expect(positionToQuadkey({ lat: (south + north) / 2, lon: (west + east) / 2 }, 3)).toBe("213");
    expect([west, east]).toEqual([-45, 0]);
    expect(positionToQuadkey({ lat: 41.49, lon: -71.33 }, 0)).toBe("");
  });

  test("of a position begin those of its deeper cells, whose boxes hold it", () => {
    fc.assert(fc.property(position, fc.integer({ min: 0, max: MAX_DEPTH }), (at, depth) => {
      const key = positionToQuadkey(at, depth);
      expect(isQuadkey(key)).toBe(true);
      expect(positionToQuadkey(at).startsWith(key)).toBe(true);
      const point = { west: at.lon, east: at.lon, south: at.lat, north: at.lat };
      expect(bboxesMeet(quadkeyToBbox(key), point)).toBe(true);
    }));
  });

  test("cover the world with no seam, to both poles", () => {
    expect(quadkeyToBbox("")).toEqual({ west: -180, south: -90, east: 180, north: 90 });
    expect(positionToQuadkey({ lat: 90, lon: 180 }, 3)).toBe("111");
    expect(positionToQuadkey({ lat: -90, lon: -180 }, 3)).toBe("222");
    expect(quadkeyToBbox("0").south).toBe(quadkeyToBbox("2").north);
    expect(quadkeyToBbox("111").north).toBe(90);
  });

  test("are told from other texts", () => {
    expect(isQuadkey("0123")).toBe(true);
    expect(isQuadkey("")).toBe(true);
    expect(isQuadkey("4")).toBe(false);
    expect(isQuadkey("0\n")).toBe(false);
    expect(isQuadkey("0".repeat(MAX_DEPTH + 1))).toBe(false);
  });
});

describe("Position", () => {
  test("is kept to a millionth of a degree, and no text of one is changed by it", () => {
    expect(Position.parse({ lat: 41.490_000_4, lon: -71.330_000_6 }))
      .toEqual({ lat: 41.49, lon: -71.330_001 });
    fc.assert(fc.property(fc.integer({ min: -90e6, max: 90e6 }), (millionths) => {
      const lat = Number((millionths / 1e6).toFixed(6));
      expect(Position.parse({ lat, lon: 0 }).lat).toBe(lat);
    }));
  });

  test("is on Earth, also after rounding", () => {
    expect(Position.safeParse({ lat: 90.000_000_1, lon: 0 }).success).toBe(false);
    expect(Position.parse({ lat: -89.999_999_9, lon: 180 })).toEqual({ lat: -90, lon: 180 });
  });
});

test("createMeeting says what bboxesMeet says", () => {
  const edges = fc.constantFrom(-180, -90, 0, 90, 180);
  const tiled = fc.tuple(edges, edges, box).map(([west, east, { south, north }]) => ({
    west: Math.min(west, east),
    south,
    east: Math.max(west, east),
    north,
  }));
  const asked = fc.oneof(box, fc.constant(FIJI), tiled);
  fc.assert(
    fc.property(asked, fc.oneof(tiled, box), (a, { west, south, east, north }) => {
      fc.pre(west <= east);
      expect(createMeeting(a)(west, south, east, north))
        .toBe(bboxesMeet(a, { west, south, east, north }));
    }),
    { numRuns: 2_000 },
  );
});

test("createDistance measures as distanceM does, to the bit", () => {
  fc.assert(fc.property(position, position, (a, b) => {
    expect(createDistance(a)(b.lat, b.lon)).toBe(distanceM(a, b));
  }));
});
