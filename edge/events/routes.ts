import * as z from "zod/mini";
import type { Bbox } from "../../shared/geo.ts";
import { bboxToWaters } from "../../shared/water.ts";
import { hubEndpoint, publicEndpoint } from "../http/endpoint.ts";
import { invalid } from "../http/validate.ts";
import { tick } from "./tick.ts";

export const postTick = hubEndpoint({
  summary: "Do the background work that is due",
  async handle({ deps }) {
    await tick(deps);
    return {};
  },
});

const Waters = z.object({
  rooms: z.array(z.object({ water: z.string(), url: z.string() })),
});

export const getWater = publicEndpoint({
  summary: "The live rooms of a view's water; none where it shows too much of it",
  queryDoc: { bbox: "west,south,east,north in degrees" },
  answer: Waters,
  handle: ({ deps, query }) => {
    const rooms = bboxToWaters(readBbox(query.get("bbox") ?? ""))
      .map((water) => ({ water, url: deps.hub.publicUrl("water", water) }));
    return Promise.resolve({ rooms } satisfies z.infer<typeof Waters>);
  },
});

function readBbox(text: string): Bbox {
  const sides = text.split(",").map((side) => side.trim() === "" ? NaN : Number(side));
  const [west = NaN, south = NaN, east = NaN, north = NaN] = sides;
  const isBox = sides.length === 4 && Math.abs(west) <= 180 && Math.abs(east) <= 180 &&
    south >= -90 && north <= 90 && south < north;
  if (!isBox) {
    const message = "Must be west,south,east,north in degrees";
    throw invalid("Cannot find water", [{ path: "bbox", message }]);
  }
  return { west, south, east, north };
}
