import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { splitPages } from "../../shared/tile-dock.ts";
import { decodeTile, encodeTile, tileDocks } from "../../shared/tile.ts";
import { createTestEdge, type TestEdge } from "../local/test-edge.ts";
import { createTestHarbour } from "../local/test-harbour.ts";
import { gunzip } from "../platform/gzip.ts";
import { loadLeaves } from "./tile-queries.ts";

let edge: TestEdge;

beforeAll(async () => {
  edge = await createTestEdge();
  const harbour = await createTestHarbour(edge);
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

  it("has no page that the leaf does not have, and no tile that is no leaf", async () => {
    for (const path of ["root?page=1", "root?page=x", "root?page=-1", "0123", "9", "%20"]) {
      expect((await askTile(path)).status).toBe(404);
    }
  });
});
