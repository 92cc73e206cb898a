import type pg from "pg";
import { dockSearchToParams } from "../../../shared/search-link.ts";
import type { WaterSearch } from "../../../shared/search-terms.ts";
import { type QuestionedWorld, rollQuestions } from "../engine/questions.ts";

/** A question with its address. */
export interface HttpQuestion {
  search: WaterSearch;
  path: string;
}

export async function readHarbours(client: pg.Client, today: number): Promise<QuestionedWorld> {
  const { rows: harbours } = await client.query<{ lat: number; lon: number; berths: number }>(
    `SELECT h.lat, h.lon, count(*)::int AS berths FROM harbour h
     JOIN dock d ON d.harbour_id = h.id AND d.status = 'published' GROUP BY h.id ORDER BY h.id`,
  );
  return { harbours, today };
}

/** Questions of boxes so many degrees wide, as a client asks them. */
export function rollHttpQuestions(
  world: QuestionedWorld,
  count: number,
  degrees: number,
  seed: number,
): HttpQuestion[] {
  return rollQuestions(world, count, degrees, seed).map((rolled) => {
    const search = withShortBox(rolled);
    return { search, path: toPath(search) };
  });
}

/** The path with a place for a number behind the fourth decimal of its west: never asked twice. */
export function toFreshPath({ path, search }: HttpQuestion): string {
  const { area } = search;
  if (!("bbox" in area)) throw new Error("benchmarks ask for boxes");
  const west = area.bbox.west.toFixed(4);
  return path.replace(/bbox=[^,&]+/, `bbox=${west}{n}`);
}

function toPath(search: WaterSearch): string {
  const query = new URLSearchParams(dockSearchToParams(search)).toString();
  // Commas and colons may stand in a query as they are.
  return `/api/docks?${query.replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

function withShortBox(search: WaterSearch): WaterSearch {
  const { area } = search;
  if (!("bbox" in area)) return search;
  const short = (degrees: number) => Number(degrees.toFixed(4));
  const { west, south, east, north } = area.bbox;
  // Room for what a fresh path puts behind it.
  const bbox = {
    west: Math.max(-179.99, short(west)),
    south: short(south),
    east: short(east),
    north: short(north),
  };
  return { ...search, area: { bbox } };
}
