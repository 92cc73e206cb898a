import type { Sort } from "../../shared/api.ts";
import type { HullType, Inlet, PartialVessel, Plug } from "../../shared/boat.ts";
import type { Amenity, DockKind } from "../../shared/dock.ts";
import type { Bbox, Position } from "../../shared/geo.ts";
import { vesselToParams } from "../../shared/search-link.ts";
import { dateToDay } from "../../shared/stay.ts";
import type { Query } from "../api/search-api.ts";

/** The water that is searched: around a place, or what a map shows. */
export type Area =
  | { kind: "near"; centre: Position; radiusM: number; label: string }
  | { kind: "box"; box: Bbox };

/** Everything that a search asks; the page's address holds all of it. */
export interface SearchQuery {
  area: Area | null;
  from: string;
  to: string;
  vessel: PartialVessel;
  kinds: readonly DockKind[];
  amenities: readonly Amenity[];
  instant: boolean;
  /** Highest price of the whole stay in major units of `currency`. */
  maxPrice: number | null;
  currency: string;
  sort: Sort | null;
}

export const EMPTY_SEARCH: SearchQuery = {
  area: null,
  from: "",
  to: "",
  vessel: {},
  kinds: [],
  amenities: [],
  instant: false,
  maxPrice: null,
  currency: "",
  sort: null,
};

const CM_FIELDS = ["loaCm", "beamCm", "draftCm", "airDraftCm"] as const;

/** The part of an address after `?` that says the same search again. */
export function searchToParams(search: SearchQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(searchToApi(search, 0))) {
    if (value !== undefined && value !== "") params.set(name, String(value));
  }
  if (search.maxPrice !== null) {
    params.set("maxPrice", String(search.maxPrice));
    params.set("currency", search.currency);
  }
  if (search.sort) params.set("sort", search.sort);
  if (search.area?.kind === "near") params.set("at", search.area.label);
  // Commas and colons need no escape in a query, and people read addresses.
  return params.toString().replaceAll("%2C", ",");
}

/** The search that an address asks for; what is malformed in it is left out. */
export function paramsToSearch(params: Readonly<Record<string, string>>): SearchQuery {
  const { from, to } = params;
  const isStay = from && to && dateToDay(from) < dateToDay(to);
  const vessel: PartialVessel = {};
  for (const name of [...CM_FIELDS, "displacementKg"] as const) {
    const value = Number(params[name]);
    if (Number.isInteger(value) && value > 0) vessel[name] = value;
  }
  if (/^(mono|multi|power)$/.test(params["hullType"] ?? "")) {
    vessel.hullType = params["hullType"] as HullType;
  }
  if (params["takesGround"] === "true") vessel.takesGround = true;
  const insured = params["insuranceExpires"];
  if (insured && !Number.isNaN(dateToDay(insured))) vessel.insuranceExpires = insured;
  const inlets = params["inlets"]?.split(",").flatMap(textToInlet) ?? [];
  if (inlets.length > 0) vessel.inlets = inlets;
  const maxPrice = Number(params["maxPrice"] ?? NaN);
  const sort = params["sort"];
  return {
    area: paramsToArea(params),
    from: isStay ? from : "",
    to: isStay ? to : "",
    vessel,
    kinds: words(params["kind"]) as DockKind[],
    amenities: words(params["amenities"]) as Amenity[],
    instant: params["instant"] === "true",
    maxPrice: maxPrice > 0 ? maxPrice : null,
    currency: /^[A-Z]{3}$/.test(params["currency"] ?? "") ? params["currency"]! : "",
    sort: sort === "price" || sort === "distance" || sort === "rating" ? sort : null,
  };
}

/**
 * What the API is asked. `minorDigits` of the search's currency turn its price into minor units.
 * A highest price and an order by price wait until there are nights to price.
 */
export function searchToApi(search: SearchQuery, minorDigits: number): Query {
  const { area, vessel } = search;
  const hasStay = search.from !== "";
  return {
    ...(area?.kind === "near" && {
      near: `${degrees(area.centre.lat)},${degrees(area.centre.lon)}`,
      radiusM: area.radiusM,
    }),
    ...(area?.kind === "box" && {
      bbox: [area.box.west, area.box.south, area.box.east, area.box.north].map(degrees).join(","),
    }),
    from: search.from || undefined,
    to: search.to || undefined,
    ...vesselToQuery(vessel),
    kind: search.kinds.join(",") || undefined,
    amenities: search.amenities.join(",") || undefined,
    instant: search.instant || undefined,
    ...(search.maxPrice !== null && hasStay && {
      maxPrice: Math.round(search.maxPrice * 10 ** minorDigits),
      currency: search.currency,
    }),
    sort: search.sort === "price" && !hasStay ? undefined : search.sort ?? undefined,
  };
}

/** A vessel as the API's queries name its values; what is not known is left out. */
export function vesselToQuery(vessel: PartialVessel): Query {
  return Object.fromEntries(vesselToParams(vessel));
}

function paramsToArea(params: Readonly<Record<string, string>>): Area | null {
  const box = numbers(params["bbox"]);
  if (box.length === 4) {
    const [west, south, east, north] = box as [number, number, number, number];
    return { kind: "box", box: { west, south, east, north } };
  }
  const near = numbers(params["near"]);
  if (near.length !== 2) return null;
  return {
    kind: "near",
    centre: { lat: near[0]!, lon: near[1]! },
    radiusM: Number(params["radiusM"]) > 0 ? Math.round(Number(params["radiusM"])) : 20_000,
    label: params["at"] ?? "",
  };
}

/** One inlet as `vesselToParams` writes it. */
function textToInlet(text: string): Inlet[] {
  const match = /^([a-z0-9_]+):(\d{1,3}):(\d{1,3}):([13])(:optional)?$/.exec(text);
  if (!match) return [];
  const [, plug, volts, amps, phases, optional] = match;
  return [{
    plug: plug as Plug,
    volts: Number(volts),
    amps: Number(amps),
    phases: phases === "3" ? 3 : 1,
    required: optional === undefined,
  }];
}

function numbers(text: string | undefined): number[] {
  const values = (text ?? "").split(",").map((part) => part.trim() === "" ? NaN : Number(part));
  return values.every(Number.isFinite) ? values : [];
}

function words(text: string | undefined): string[] {
  return (text ?? "").split(",").filter((word) => /^[a-z_]+$/.test(word));
}

/** About a metre: finer only makes addresses long. */
function degrees(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

type DockQuestion = Pick<SearchQuery, "from" | "to" | "vessel">;

/** A dock's page, which keeps the nights and the boat that were asked for. */
export function dockHref(id: number, question: DockQuestion): string {
  return `/docks/${id}${questionToQuery(question)}`;
}

/** Where a dock is booked for these nights and this boat. */
export function bookHref(id: number, question: DockQuestion): string {
  return `/docks/${id}/book${questionToQuery(question)}`;
}

function questionToQuery({ from, to, vessel }: DockQuestion): string {
  const params = searchToParams({ ...EMPTY_SEARCH, from, to, vessel });
  return params && `?${params}`;
}
