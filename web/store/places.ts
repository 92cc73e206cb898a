import type { Place } from "../../shared/api.ts";
import { type Bbox, bboxCentre, type Position } from "../../shared/geo.ts";
import { findPlaces } from "../api/search-api.ts";
import type { Http } from "../api/http.ts";
import type { Area } from "./search-query.ts";

/** A wider map shows no part of the world that one could mean more than another. */
const WIDEST_DEGREES = 90;

/** Places whose names begin like what is typed; of equals those near what one looks at. */
export function lookUpPlaces(
  http: Http,
  text: string,
  lookedAt: Position | undefined,
  signal: AbortSignal,
): Promise<Place[]> {
  return findPlaces(http, text, lookedAt, signal);
}

/** The middle of the water that is searched, where it says which part of the world is meant. */
export function middleOf(area: Area | null): Position | undefined {
  if (!area) return undefined;
  return area.kind === "near" ? area.centre : middleOfBox(area.box);
}

/** The middle of what a map shows, where it says which part of the world is meant. */
export function middleOfBox(box: Bbox): Position | undefined {
  const width = box.east - box.west + (box.west > box.east ? 360 : 0);
  return width > WIDEST_DEGREES ? undefined : bboxCentre(box);
}
