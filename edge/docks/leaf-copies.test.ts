import fc from "fast-check";
import { expect, test } from "vitest";
import { tileContent, tileDock } from "../../shared/tile-dock.fixture.ts";
import { encodeTile, tileDocks } from "../../shared/tile.ts";
import { base64ToBytes, bytesToBase64, packLeaf, unpackLeaf } from "./leaf-copies.ts";
import { parseSnapshot } from "./snapshot.ts";

const SNAPSHOT = parseSnapshot("740:755:740,752");

function pagesOf(pages: number, name = "Berth") {
  return Array.from(
    { length: pages },
    (_, page) => encodeTile(tileContent([tileDock({ id: page + 1, name })], { page, pages })),
  );
}

test("a leaf's copy has its tiles and its snapshot, of one page or of several", async () => {
  for (const pages of [1, 3]) {
    const copy = await unpackLeaf(await packLeaf(pagesOf(pages), SNAPSHOT));
    expect(copy?.snapshot).toEqual(SNAPSHOT);
    expect(copy?.pages.flatMap(tileDocks).map(({ id }) => id))
      .toEqual(Array.from({ length: pages }, (_, i) => i + 1));
  }
});

test("a copy that is damaged, cut short or lacks a page is none", async () => {
  const bytes = await packLeaf(pagesOf(2), SNAPSHOT);
  for (const length of [0, 1, 20, bytes.length >> 1, bytes.length - 1]) {
    expect(await unpackLeaf(bytes.slice(0, length))).toBeUndefined();
  }
  for (let at = 0; at < bytes.length; at += 7) {
    const other = bytes.slice();
    other[at]! ^= 0x41;
    const copy = await unpackLeaf(other);
    // gzip's own head has bytes that say nothing.
    if (copy) expect(copy.pages.flatMap(tileDocks)).toHaveLength(2);
  }
  expect(await unpackLeaf(await packLeaf([], SNAPSHOT))).toBeUndefined();
  expect(await unpackLeaf(await packLeaf(pagesOf(2).slice(0, 1), SNAPSHOT))).toBeUndefined();
  expect(await unpackLeaf(await packLeaf(pagesOf(2).toReversed(), SNAPSHOT))).toBeUndefined();
});

test("bytes are the same after base64, and other texts are none", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
    expect(base64ToBytes(bytesToBase64(bytes))).toEqual(new Uint8Array(bytes));
  }));
  expect(base64ToBytes("no base64!")).toBeUndefined();
});
