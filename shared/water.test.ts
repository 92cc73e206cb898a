import { describe, expect, test } from "vitest";
import { positionToQuadkey, quadkeyToBbox } from "./quadkey.ts";
import { bboxToWaters, cellToWater, isWater, MAX_WATERS, toWaterChange } from "./water.ts";

const NEWPORT = { lat: 41.49, lon: -71.33 };

describe("waters", () => {
  test("a view near a dock shows the dock's water", () => {
    const water = cellToWater(positionToQuadkey(NEWPORT));
    expect(isWater(water)).toBe(true);
    const view = { west: -71.6, south: 41.2, east: -71, north: 41.8 };
    expect(bboxToWaters(view)).toContain(water);
    expect(bboxToWaters(quadkeyToBbox(water)).length).toBeLessThanOrEqual(9);
  });

  test("a view across the antimeridian shows both sides", () => {
    const waters = bboxToWaters({ west: 179.5, south: -16.4, east: -179.5, north: -16.1 });
    expect(waters).toHaveLength(2);
    expect(waters).toContain(cellToWater(positionToQuadkey({ lat: -16.2, lon: 179.9 })));
    expect(waters).toContain(cellToWater(positionToQuadkey({ lat: -16.2, lon: -179.9 })));
  });

  test("a view of an ocean shows none", () => {
    expect(bboxToWaters({ west: -60, south: 10, east: -20, north: 50 })).toEqual([]);
    expect(bboxToWaters({ west: -180, south: -90, east: 180, north: 90 })).toEqual([]);
    expect(MAX_WATERS).toBeLessThan(10);
  });

  test.each(["", "012", "0123012301", "012345x", "0120124"])("%j names none", (text) => {
    expect(isWater(text)).toBe(false);
  });
});

describe("toWaterChange", () => {
  const change = (kind: string, body: Record<string, unknown>) =>
    toWaterChange({ dockId: 7, version: 3, kind, body });
  const NIGHTS = { from: "2027-07-03", to: "2027-07-10", spanCm: null };
  const WHO = { guestId: "g", hostId: "h", actorId: "g" };

  test("tells the nights of a berth and nobody's name", () => {
    const taken = change("booking.create", { ...WHO, after: { ...NIGHTS, status: "requested" } });
    expect(taken).toEqual({
      dockId: 7,
      version: 3,
      what: "taken",
      from: "2027-07-03",
      to: "2027-07-10",
    });
    expect(change("booking.cancel", { after: { ...NIGHTS, status: "cancelled" } }))
      .toMatchObject({ what: "freed", from: "2027-07-03" });
    expect(change("block.created", { after: NIGHTS })).toMatchObject({ what: "taken" });
    expect(change("block.deleted", { before: NIGHTS })).toMatchObject({ what: "freed" });
  });

  test("says no more than that something changed of a quay, a text, or a mere step", () => {
    const changed = { dockId: 7, version: 3, what: "changed" };
    const part = { ...NIGHTS, spanCm: [0, 1_300], status: "held" };
    expect(change("booking.create", { after: part })).toEqual(changed);
    expect(change("booking.accept", { after: { ...NIGHTS, status: "confirmed" } })).toEqual(
      changed,
    );
    expect(change("dock.edited", { fields: ["name"] })).toEqual(changed);
  });
});
