import fc from "fast-check";
import { expect, test } from "vitest";
import { BrokenFile } from "./faults.ts";
import { FeatureScanner, type FeatureText } from "./json-features.ts";

function scan(text: string, size: number): FeatureText[] {
  const scanner = new FeatureScanner();
  const found: FeatureText[] = [];
  for (let i = 0; i < text.length; i += size) found.push(...scanner.scan(text.slice(i, i + size)));
  scanner.end();
  return found;
}

test("finds each feature and its line, however the file is cut and laid out", () => {
  const features = fc.array(
    fc.record({ type: fc.constant("Feature"), properties: fc.jsonValue() }),
  );
  fc.assert(
    fc.property(features, fc.jsonValue(), fc.nat(3), fc.integer({ min: 1, max: 50 }), (
      items,
      more,
      indent,
      size,
    ) => {
      const text = JSON.stringify(
        { type: "FeatureCollection", more, features: items, last: [more] },
        undefined,
        indent,
      );
      const found = scan(text, size);
      expect(found.map((feature) => JSON.parse(feature.text))).toEqual(
        JSON.parse(JSON.stringify(items)),
      );
      const lines = text.split("\n");
      for (const { line, text: feature } of found) {
        expect(lines[line - 1]).toContain(feature.split("\n")[0]);
      }
    }),
  );
});

test.each([
  ['{"type": "FeatureCollection",\n "features": [{"a": 1}\n {"a": 2}]}', 3, "a comma"],
  ['{"type": "FeatureCollection",\n "features": [{"a": 1},\n]}', 3, "a feature"],
  ['{"type": "FeatureCollection",\n "features": [\n17]}', 3, "a feature"],
  ['{"type": "FeatureCollection",\n "features": [{"a": 1},\n{"a": "2}]}', 3, "ends before"],
  ['{"type": "Feature",\n "features": []}', 1, "not a GeoJSON FeatureCollection"],
  ['{"type": "FeatureCollection", "features": []}}', 1, "not a GeoJSON FeatureCollection"],
  ["", 1, "not a GeoJSON FeatureCollection"],
  [`{"type": "FeatureCollection",\n "features": [\n{"a": "${"x".repeat(1_000_100)}`, 3, "million"],
])("says on which line a file breaks (%#)", (text, line, words) => {
  const run = () => scan(text, 100_000);
  expect(run).toThrow(BrokenFile);
  expect(run).toThrow(words);
  expect(run).toThrow(expect.objectContaining({ line }));
});
