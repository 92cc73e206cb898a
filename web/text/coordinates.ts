import type { Position } from "../../shared/geo.ts";

export type Axis = "lat" | "lon";

const LIMIT = { lat: 90, lon: 180 };

/**
 * Degrees of a latitude or longitude that a person typed: `50.155`, `-5.06`, `50° 09.3′ N`,
 * `50 09.3 N`, `5°3'36"W`. Undefined for nothing, NaN for what is no such coordinate.
 */
export function parseCoordinate(text: string, axis: Axis): number | undefined {
  const clean = text.trim().toUpperCase().replaceAll(",", ".").replaceAll("−", "-");
  if (clean === "") return undefined;
  const sides = axis === "lat" ? "NS" : "EW";
  const match = new RegExp(
    `^([${sides}])?\\s*(-?)(\\d+(?:\\.\\d+)?)\\s*[°\\s]?\\s*` +
      `(?:(\\d+(?:\\.\\d+)?)\\s*['′’\\s]?\\s*)?(?:(\\d+(?:\\.\\d+)?)\\s*(?:"|″|”|'')?\\s*)?` +
      `([${sides}])?$`,
  ).exec(clean);
  if (!match) return NaN;
  const [, before, minus, degrees, minutes = "0", seconds = "0", after] = match;
  const side = before ?? after;
  // Two signs contradict each other, and only the smallest part may have a fraction.
  if ((before && after) || (minus && side)) return NaN;
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return NaN;
  if (match[4] !== undefined && degrees!.includes(".")) return NaN;
  if (match[5] !== undefined && minutes.includes(".")) return NaN;
  const value = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  if (value > LIMIT[axis]) return NaN;
  return minus || side === "S" || side === "W" ? -value : value;
}

/** A coordinate as a form's field shows it: degrees, to about ten centimetres. */
export function coordinateToText(degrees: number): string {
  return String(Math.round(degrees * 1e6) / 1e6);
}

/** A position of two texts; undefined while one of them is no coordinate. */
export function textsToPosition(latText: string, lonText: string): Position | undefined {
  const lat = parseCoordinate(latText, "lat");
  const lon = parseCoordinate(lonText, "lon");
  return lat === undefined || lon === undefined || Number.isNaN(lat + lon)
    ? undefined
    : { lat, lon };
}
