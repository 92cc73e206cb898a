import type { Inlet, PartialVessel } from "./boat.ts";
import type { DockSearch, SearchArea } from "./search-terms.ts";

type Pairs = [name: string, value: string][];

/**
 * The query of a search, as `new URLSearchParams` takes it: what `parseDockSearch` reads back as
 * the same search. Without schemas, so that the client can use it alone.
 */
export function dockSearchToParams(search: DockSearch): Pairs {
  const { stay, kinds, amenities } = search;
  return [
    ...areaToParams(search.area),
    ...(stay ? pairs({ from: stay.from, to: stay.to }) : []),
    ...vesselToParams(search.vessel),
    ...pairs({
      kind: kinds.length > 0 ? kinds.join(",") : undefined,
      amenities: amenities.length > 0 ? amenities.join(",") : undefined,
      maxPrice: search.maxPriceMinor,
      currency: search.currency,
      instant: search.instantOnly || undefined,
      q: search.text,
      sort: search.sort,
      limit: search.limit,
      cursor: search.cursor,
    }),
  ];
}

/** The query of what is known of a boat, for a search or a quote. */
export function vesselToParams({ inlets, ...values }: PartialVessel): Pairs {
  return pairs({
    ...values,
    inlets: inlets?.length ? inlets.map(inletToText).join(",") : undefined,
  });
}

function inletToText({ plug, volts, amps, phases, required }: Inlet): string {
  return `${plug}:${volts}:${amps}:${phases}${required ? "" : ":optional"}`;
}

function areaToParams(area: SearchArea): Pairs {
  if ("place" in area) return pairs({ place: area.place });
  if ("bbox" in area) {
    const { west, south, east, north } = area.bbox;
    return pairs({ bbox: `${west},${south},${east},${north}` });
  }
  return pairs({ near: `${area.near.lat},${area.near.lon}`, radiusM: area.radiusM });
}

function pairs(values: Record<string, string | number | boolean | undefined>): Pairs {
  return Object.entries(values).flatMap(([name, value]): Pairs =>
    value === undefined ? [] : [[name, String(value)]]
  );
}
