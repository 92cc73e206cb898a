import { expect, test } from "vitest";
import { tileContent, tileDock } from "../../shared/tile-dock.fixture.ts";
import { encodeTile } from "../../shared/tile.ts";
import { createMemoryWater } from "../offline/water-store.ts";
import { createCoasts } from "./coasts.ts";

const BOX = { west: -72, south: 41, east: -71, north: 42 };
const TILE = encodeTile(tileContent([tileDock({ id: 1 })]));

function harness() {
  const asked: string[] = [];
  const state = { isAway: false };
  const coasts = createCoasts({
    fetch: (url) => {
      asked.push(url);
      if (state.isAway) return Promise.reject(new TypeError("network"));
      const list = {
        leaves: [{ quadkey: "", tag: "t", pages: 1 }],
        isAll: true,
        rates: { version: 1, perEuro: { EUR: 1 } },
      };
      return Promise.resolve(url.includes("tiles?") ? Response.json(list) : new Response(TILE));
    },
    now: () => Date.parse("2027-01-02T12:00:00Z"),
    store: createMemoryWater(),
    landFiles: () => ["/land/1/0_0-x.json"],
  });
  return { coasts, asked, state };
}

test("a coast is kept with its chart, listed with its size, and let go", async () => {
  const { coasts, asked } = harness();
  await coasts.read();
  expect(coasts.list.value).toEqual([]);
  expect(await coasts.keep(BOX, "Newport")).toBe(true);
  expect(asked.at(-1)).toBe("/land/1/0_0-x.json");
  expect(coasts.list.value).toMatchObject([{ label: "Newport", bytes: TILE.length }]);
  expect([coasts.progress.value, coasts.fault.value, coasts.seenBytes.value]).toEqual([
    null,
    null,
    0,
  ]);
  await coasts.forget(coasts.list.value![0]!.id);
  expect(coasts.list.value).toEqual([]);
  // It may serve searches still, until something newer needs its room.
  expect(coasts.seenBytes.value).toBe(TILE.length);
});

test("a coast that cannot be renewed stays as it was, and the reason is told", async () => {
  const { coasts, state } = harness();
  await coasts.keep(BOX, "Newport");
  const [before] = coasts.list.value!;
  state.isAway = true;
  expect(await coasts.keep(BOX, "Newport", before!.id)).toBe(false);
  expect(coasts.fault.value).toBe("offline");
  expect(coasts.list.value).toEqual([before]);
});
