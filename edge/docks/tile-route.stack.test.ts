import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { splitPages } from "../../shared/tile-dock.ts";
import { TileList } from "../../shared/tile-list.ts";
import { decodeTile, encodeTile, tileDocks } from "../../shared/tile.ts";
import { createTestEdge, type TestEdge } from "../local/test-edge.ts";
import { createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { gunzip } from "../platform/gzip.ts";
import { loadLeaves } from "./tile-queries.ts";
import { createTileStore } from "./tile-store.ts";
import { leafTag } from "./tile-version.ts";
import { tileToWire } from "./tile-wire.ts";

let edge: TestEdge;
let harbour: TestHarbour;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  await harbour.addDock({ name: "Berth A1" });
});
afterAll(() => edge.close());

/** A tile's answer to a client that takes what `encoding` says, which fetch leaves as it is. */
function askTile(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return edge.fetch(`GET /api/docks/tiles/${path}`, undefined, headers);
}

describe("GET /api/docks/tiles/{quadkey}", () => {
  it("gives the packed tile, gzipped to who takes that", async () => {
    const plain = await askTile("root");
    expect(plain.status).toBe(200);
    expect(plain.headers.get("Content-Type")).toBe("application/vnd.dokkerr.tile");
    expect(plain.headers.get("Vary")).toBe("Accept-Encoding");
    const bytes = new Uint8Array(await plain.arrayBuffer());
    expect(tileDocks(decodeTile(bytes)).map(({ name }) => name)).toEqual(["Berth A1"]);

    const zipped = await askTile("root", { "Accept-Encoding": "br, gzip" });
    expect(zipped.headers.get("Content-Encoding")).toBe("gzip");
    expect(await gunzip(new Uint8Array(await zipped.arrayBuffer()))).toEqual(bytes);
  });

  it("is what the database holds, to the digit", async () => {
    const [leaf] = await loadLeaves(edge.sql, [""]);
    const [page] = splitPages(leaf!);
    const bytes = new Uint8Array(await (await askTile("root")).arrayBuffer());
    expect(tileDocks(decodeTile(bytes))).toEqual(page!.docks);
    expect(decodeTile(bytes).count).toBe(decodeTile(encodeTile(page!)).count);
  });

  it("knows when a client has it already", async () => {
    const first = await askTile("root");
    const again = await askTile("root", { "If-None-Match": first.headers.get("ETag")! });
    expect(again.status).toBe(304);
  });

  it("is kept for long under its version, and no longer when that is not the newest", async () => {
    const first = await askTile("root");
    expect(first.headers.get("Cache-Control")).toBe("no-cache");
    const path = first.headers.get("Content-Location")!.replace("/api/docks/tiles/", "");
    const kept = await askTile(path);
    expect(kept.headers.get("Cache-Control")).toContain("immutable");
    expect(kept.headers.get("Cache-Control")).toMatch(/max-age=\d{6,}, stale-while-revalidate=/);
    expect(kept.headers.get("ETag")).toBe(first.headers.get("ETag"));
    const bytes = await kept.arrayBuffer();
    expect(bytes).toEqual(await first.arrayBuffer());

    await harbour.addDock({ name: "Berth A2" });
    edge.clock.nowMs += 501;
    // What the version names is at hand still; the newest is fetched meanwhile.
    expect(await (await askTile(path)).arrayBuffer()).toEqual(bytes);
    await edge.settle();
    const later = await askTile(path);
    expect(later.headers.get("Cache-Control")).toBe("no-cache");
    expect(later.headers.get("Content-Location")).not.toBe(`/api/docks/tiles/${path}`);
    const docks = tileDocks(decodeTile(new Uint8Array(await later.arrayBuffer())));
    expect(docks.map(({ name }) => name)).toEqual(["Berth A1", "Berth A2"]);
  });

  it("has the same bytes and tag in every process that knows the same", async () => {
    const other = createTileStore({
      sql: edge.sql,
      cache: undefined,
      now: Date.now,
      budgetBytes: 32e6,
      background: () => {},
    });
    const pages = await other.leafOf("");
    const { plain } = await tileToWire(pages![0]!);
    const answer = await askTile("root");
    expect(answer.headers.get("ETag")).toBe(`"${leafTag(pages!)}.0"`);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(plain);
  });

  it("has no page that the leaf does not have, and no tile that is no leaf", async () => {
    for (const path of ["root?page=1", "root?page=x", "root?page=-1", "0123", "9", "%20"]) {
      expect((await askTile(path)).status).toBe(404);
    }
  });
});

describe("GET /api/docks/tiles", () => {
  it("names the leaves of an area by versions under which each may be kept", async () => {
    const answer = await edge.fetch("GET /api/docks/tiles?near=41.49,-71.33&radiusM=20000");
    const list = TileList.parse(await answer.json());
    expect(list.isAll).toBe(true);
    expect(list.leaves.map(({ quadkey, pages }) => [quadkey, pages])).toEqual([["", 1]]);
    const tile = await askTile(`root?v=${list.leaves[0]!.tag}`);
    expect(tile.headers.get("Cache-Control")).toContain("immutable");
    expect(decodeTile(new Uint8Array(await tile.arrayBuffer())).count).toBe(2);
  });

  it("says what is wrong with an area", async () => {
    expect((await edge.fetch("GET /api/docks/tiles")).status).toBe(422);
    expect((await edge.fetch("GET /api/docks/tiles?bbox=1,2,3")).status).toBe(422);
  });
});
