import { expect, test } from "vitest";
import type { Http } from "../api/http.ts";
import { lookUpPlaces, middleOf } from "./places.ts";
import type { Area } from "./search-query.ts";

/** Looks places up from an area, and answers what the API was asked. */
async function askedFrom(area: Area | null): Promise<unknown[]> {
  const asked: unknown[] = [];
  const http = {
    get(...call: unknown[]) {
      asked.push(call.slice(0, 2));
      return Promise.resolve({ items: [] });
    },
  } as unknown as Http;
  const { signal } = new AbortController();
  expect(await lookUpPlaces(http, "newp", middleOf(area), signal)).toEqual([]);
  return asked;
}

test("places are looked up near the middle of what one looks at", async () => {
  const box = { west: -4, south: 50, east: -2, north: 52 };
  expect(await askedFrom({ kind: "box", box }))
    .toEqual([["places", { q: "newp", near: "51.00,-3.00" }]]);
  const fiji = { west: 176, south: -19, east: -178, north: -16 };
  expect(await askedFrom({ kind: "box", box: fiji }))
    .toEqual([["places", { q: "newp", near: "-17.50,179.00" }]]);
  const centre = { lat: 41.4869, lon: -71.3268 };
  expect(await askedFrom({ kind: "near", centre, radiusM: 20_000, label: "Newport" }))
    .toEqual([["places", { q: "newp", near: "41.49,-71.33" }]]);
});

test("neither the world's map nor none says where", async () => {
  const world = { west: -170, south: -60, east: 170, north: 75 };
  const pacific = { west: 100, south: -60, east: -80, north: 60 };
  for (const area of [null, ...[world, pacific].map((box): Area => ({ kind: "box", box }))]) {
    expect(await askedFrom(area)).toEqual([["places", { q: "newp", near: undefined }]]);
  }
});
