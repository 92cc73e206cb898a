import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rawPathOf, RawQuery, rawQueryOf } from "./raw-query.ts";

const ESCAPES = ["%2C", "%20", "%3A", "%26", "%41"];
const lettersOf = (text: string) => text.split("");

describe("RawQuery", () => {
  test("says what an address's searchParams say, or nothing", () => {
    const piece = fc.string({
      unit: fc.constantFrom(...lettersOf("abAZ09=&+%,:. é-_~'\"<>?"), ...ESCAPES),
      maxLength: 24,
    });
    const plain = fc.string({
      unit: fc.constantFrom(...lettersOf("ab19,:.+-_"), "%2C"),
      maxLength: 8,
    });
    const pairs = fc.array(fc.tuple(plain, plain), { maxLength: 6 })
      .map((all) => all.map(([name, value]) => `${name}=${value}`).join("&"));
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(piece, pairs), (text) => {
        const query = RawQuery.read(text);
        if (!query) return;
        read++;
        const params = new URL(`http://a/?${text}`).searchParams;
        expect([...query.keys()]).toEqual([...params.keys()]);
        for (const name of query.keys()) expect(query.getAll(name)).toEqual(params.getAll(name));
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  test("reads a search as clients write it", () => {
    const query = RawQuery.read("bbox=1,2%2C3,4&from=2026-12-01&q=port%20vell&limit=");
    expect(query?.get("bbox")).toBe("1,2,3,4");
    expect(query?.get("q")).toBe("port vell");
    expect(query?.get("limit")).toBe("");
    expect(query?.getAll("to")).toEqual([]);
  });

  test.each(["a=1&a=2", "a", "a=%C3%A9", "a=é", "a=1&&b=2"])("leaves %s to others", (text) => {
    expect(RawQuery.read(text)).toBeUndefined();
  });
});

test.each([
  ["http://a/api/docks?x=1#y", "/api/docks", "x=1"],
  ["https://a:1/", "/", ""],
])("of %s the path and the query", (url, path, query) => {
  expect(rawPathOf(url)).toBe(path);
  expect(rawQueryOf(url)).toBe(query);
});
