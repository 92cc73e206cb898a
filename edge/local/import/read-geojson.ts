import { FeatureScanner, type FeatureText } from "./json-features.ts";
import type { Line } from "./line.ts";

/**
 * The docks of a GeoJSON FeatureCollection (RFC 7946): a Point is the position, properties are
 * named as a dock's values are; a property that is null is one that is not there.
 *
 * @throws {BrokenFile}
 */
export async function* readGeojson(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  const scanner = new FeatureScanner();
  let isFirst = true;
  for await (const chunk of chunks) {
    const text = isFirst ? chunk.replace(/^\uFEFF/, "") : chunk;
    isFirst = false;
    for (const feature of scanner.scan(text)) yield featureToLine(feature);
  }
  scanner.end();
}

function featureToLine({ line, text }: FeatureText): Line {
  let feature: Record<string, unknown>;
  try {
    feature = JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const at = /position (\d+)/.exec(message)?.[1];
    const before = at === undefined ? "" : text.slice(0, Number(at));
    return {
      line: line + before.split("\n").length - 1,
      issues: [{ path: "", message: `is not JSON: ${message}` }],
    };
  }
  const { type, geometry, properties } = feature;
  const say = (path: string, message: string) => ({ line, issues: [{ path, message }] });
  if (type !== "Feature") return say("type", 'must be "Feature"');
  const position = toPosition(geometry);
  if (!position) return say("geometry", "must be a Point with [longitude, latitude]");
  if (!isRecord(properties)) return say("properties", "must be an object");
  if (properties.position != null) return say("position", "is what the geometry says");
  const known = Object.entries(properties).filter(([, value]) => value !== null);
  return { line, value: { ...Object.fromEntries(known), position } };
}

function toPosition(geometry: unknown): { lat: unknown; lon: unknown } | undefined {
  if (!isRecord(geometry) || geometry.type !== "Point") return undefined;
  if (!Array.isArray(geometry.coordinates) || geometry.coordinates.length < 2) return undefined;
  const [lon, lat]: unknown[] = geometry.coordinates;
  return { lat, lon };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
