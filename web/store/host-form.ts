import type * as z from "zod/mini";
import type { HullType, Plug } from "../../shared/boat.ts";
import type {
  Amenity,
  CancellationPolicy,
  Collection,
  Datum,
  DockKind,
  NewDock,
  NewHarbour,
} from "../../shared/dock.ts";
import type { HostDock } from "../api/host-api.ts";
import { coordinateToText, parseCoordinate } from "../text/coordinates.ts";
import { minorToText, parseMoney, parseNumber } from "../text/figures.ts";

export interface OutletForm {
  plug: Plug;
  volts: string;
  amps: string;
  phases: "1" | "3";
}

/** Days of each year as `MM-DD`. */
export interface SeasonForm {
  name: string;
  from: string;
  to: string;
  price: string;
}

/** Days of each year that are not sold, as `MM-DD`. */
export interface ClosureForm {
  from: string;
  to: string;
}

/** Everything about a dock as its host types it: money in major units, figures as text. */
export interface DockForm {
  kind: DockKind;
  name: string;
  description: string;
  lat: string;
  lon: string;
  blurPosition: boolean;
  minLoaCm: number | undefined;
  maxLoaCm: number | undefined;
  maxBeamCm: number | undefined;
  lengthCm: number | undefined;
  gapCm: number | undefined;
  depthCm: number | undefined;
  /** The bottom lies that much above the datum. */
  dries: boolean;
  depthDatum: Datum;
  overheadCm: number | undefined;
  overheadDatum: Datum;
  maxTonnes: string;
  outlets: readonly OutletForm[];
  amenities: readonly Amenity[];
  accessible: boolean;
  hullTypes: readonly HullType[];
  requiresInsurance: boolean;
  instantBook: boolean;
  minNights: string;
  maxNights: string;
  noticeHours: string;
  windowDays: string;
  checkInFrom: string;
  checkOutBy: string;
  holdUntil: string;
  closures: readonly ClosureForm[];
  /** Local time of the check-out day; empty for none. */
  firstRefusalUntil: string;
  cancellationPolicy: CancellationPolicy;
  collection: Collection;
  currency: string;
  basis: "per_night" | "per_length_night";
  billable: "loa" | "max_loa_berth";
  price: string;
  seasons: readonly SeasonForm[];
  /** Monday to Sunday. */
  weekdayPercents: readonly string[];
  weeklyDiscount: string;
  monthlyDiscount: string;
  multihullPercent: string;
  cleaning: string;
  power: string;
  tax: string;
  deposit: string;
}

export interface HarbourForm {
  name: string;
  place: string;
  country: string;
  lat: string;
  lon: string;
  timeZone: string;
  vhfChannel: string;
  approach: string;
  facilities: readonly Amenity[];
}

/** The API's name of what each field of the form says; a fault may lie deeper. */
export const FIELD_PATHS: Record<keyof DockForm, string> = {
  kind: "kind",
  name: "name",
  description: "description",
  lat: "position",
  lon: "position",
  blurPosition: "blurPosition",
  minLoaCm: "minLoaCm",
  maxLoaCm: "maxLoaCm",
  maxBeamCm: "maxBeamCm",
  lengthCm: "lengthCm",
  gapCm: "gapCm",
  depthCm: "depthCm",
  dries: "depthCm",
  depthDatum: "depthDatum",
  overheadCm: "overheadCm",
  overheadDatum: "overheadDatum",
  maxTonnes: "maxDisplacementKg",
  outlets: "outlets",
  amenities: "amenities",
  accessible: "accessible",
  hullTypes: "hullTypes",
  requiresInsurance: "requiresInsurance",
  instantBook: "instantBook",
  minNights: "minNights",
  maxNights: "maxNights",
  noticeHours: "noticeHours",
  windowDays: "windowDays",
  checkInFrom: "checkInFrom",
  checkOutBy: "checkOutBy",
  holdUntil: "holdUntil",
  closures: "closures",
  firstRefusalUntil: "firstRefusalUntil",
  cancellationPolicy: "cancellationPolicy",
  collection: "collection",
  currency: "rate.currency",
  basis: "rate.basis",
  billable: "rate.billable",
  price: "rate.minor",
  seasons: "rate.seasons",
  weekdayPercents: "rate.weekdayPercents",
  weeklyDiscount: "rate.weeklyDiscountPercent",
  monthlyDiscount: "rate.monthlyDiscountPercent",
  multihullPercent: "rate.multihullPercent",
  cleaning: "rate.fees.cleaningMinor",
  power: "rate.fees.powerPerNightMinor",
  tax: "rate.taxPercent",
  deposit: "rate.depositMinor",
};

export function emptyDock(suggested: Pick<DockForm, "currency" | "depthDatum">): DockForm {
  return {
    kind: "slip",
    name: "",
    description: "",
    lat: "",
    lon: "",
    blurPosition: false,
    minLoaCm: undefined,
    maxLoaCm: undefined,
    maxBeamCm: undefined,
    lengthCm: undefined,
    gapCm: undefined,
    depthCm: undefined,
    dries: false,
    depthDatum: suggested.depthDatum,
    overheadCm: undefined,
    overheadDatum: "HAT",
    maxTonnes: "",
    outlets: [],
    amenities: [],
    accessible: false,
    hullTypes: ["mono", "multi", "power"],
    requiresInsurance: false,
    instantBook: true,
    minNights: "1",
    maxNights: "90",
    noticeHours: "0",
    windowDays: "548",
    checkInFrom: "14:00",
    checkOutBy: "12:00",
    holdUntil: "20:00",
    closures: [],
    firstRefusalUntil: "",
    cancellationPolicy: "moderate",
    collection: "at_dock",
    currency: suggested.currency,
    basis: "per_night",
    billable: "loa",
    price: "",
    seasons: [],
    weekdayPercents: ["100", "100", "100", "100", "100", "100", "100"],
    weeklyDiscount: "",
    monthlyDiscount: "",
    multihullPercent: "100",
    cleaning: "",
    power: "",
    tax: "",
    deposit: "",
  };
}

export function emptyHarbour(timeZone: string): HarbourForm {
  return {
    name: "",
    place: "",
    country: "",
    lat: "",
    lon: "",
    timeZone,
    vhfChannel: "",
    approach: "",
    facilities: [],
  };
}

/** What the API is asked to make of a form. A figure that is none goes as null, and is refused. */
export function formToDock(form: DockForm): Omit<z.input<typeof NewDock>, "harbourId"> {
  const { currency } = form;
  const isQuay = form.kind === "side_tie" || form.kind === "t_head";
  const money = (text: string) => parseMoney(text, currency) ?? 0;
  const tonnes = parseNumber(form.maxTonnes);
  return {
    kind: form.kind,
    name: form.name,
    description: form.description,
    position: {
      lat: parseCoordinate(form.lat, "lat") ?? NaN,
      lon: parseCoordinate(form.lon, "lon") ?? NaN,
    },
    blurPosition: form.blurPosition,
    ...present("minLoaCm", form.minLoaCm),
    maxLoaCm: form.maxLoaCm ?? NaN,
    ...present("maxBeamCm", form.maxBeamCm),
    ...(form.depthCm !== undefined && {
      depthCm: form.dries ? -form.depthCm : form.depthCm,
      depthDatum: form.depthDatum,
    }),
    ...(form.overheadCm !== undefined && {
      overheadCm: form.overheadCm,
      overheadDatum: form.overheadDatum,
    }),
    ...present("maxDisplacementKg", tonnes === undefined ? undefined : Math.round(tonnes * 1000)),
    ...(isQuay && present("lengthCm", form.lengthCm)),
    gapCm: isQuay ? form.gapCm ?? 0 : 0,
    outlets: form.outlets.map(({ plug, volts, amps, phases }) => ({
      plug,
      volts: parseNumber(volts) ?? NaN,
      amps: parseNumber(amps) ?? NaN,
      phases: phases === "3" ? 3 as const : 1 as const,
    })),
    amenities: [...form.amenities],
    accessible: form.accessible,
    hullTypes: [...form.hullTypes],
    requiresInsurance: form.requiresInsurance,
    checkInFrom: form.checkInFrom,
    checkOutBy: form.checkOutBy,
    holdUntil: form.holdUntil,
    closures: [...form.closures],
    ...present("firstRefusalUntil", form.firstRefusalUntil || undefined),
    instantBook: form.instantBook,
    minNights: parseNumber(form.minNights) ?? NaN,
    maxNights: parseNumber(form.maxNights) ?? NaN,
    noticeHours: parseNumber(form.noticeHours) ?? 0,
    windowDays: parseNumber(form.windowDays) ?? NaN,
    cancellationPolicy: form.cancellationPolicy,
    collection: form.collection,
    rate: {
      currency,
      basis: form.basis,
      billable: form.billable,
      minor: parseMoney(form.price, currency) ?? NaN,
      seasons: form.seasons.map(({ name, from, to, price }) => ({
        name,
        from,
        to,
        minor: parseMoney(price, currency) ?? NaN,
      })),
      weekdayPercents: form.weekdayPercents.map((text) => parseNumber(text) ?? 100),
      weeklyDiscountPercent: parseNumber(form.weeklyDiscount) ?? 0,
      monthlyDiscountPercent: parseNumber(form.monthlyDiscount) ?? 0,
      multihullPercent: parseNumber(form.multihullPercent) ?? 100,
      fees: { cleaningMinor: money(form.cleaning), powerPerNightMinor: money(form.power) },
      taxPercent: parseNumber(form.tax) ?? 0,
      depositMinor: money(form.deposit),
    },
  };
}

/** The form that shows a dock as it is; `formToDock` gives the same dock back. */
export function dockToForm(dock: HostDock): DockForm {
  const { rate } = dock;
  const money = (minor: number) => minorToText(minor, rate.currency);
  const unlessZero = (value: number, text: (value: number) => string = String) =>
    value === 0 ? "" : text(value);
  return {
    ...emptyDock({ currency: rate.currency, depthDatum: dock.depthDatum ?? "LAT" }),
    kind: dock.kind,
    name: dock.name,
    description: dock.description,
    lat: coordinateToText(dock.position.lat),
    lon: coordinateToText(dock.position.lon),
    blurPosition: dock.blurPosition,
    minLoaCm: dock.minLoaCm,
    maxLoaCm: dock.maxLoaCm,
    maxBeamCm: dock.maxBeamCm,
    lengthCm: dock.lengthCm,
    gapCm: dock.gapCm || undefined,
    depthCm: dock.depthCm === undefined ? undefined : Math.abs(dock.depthCm),
    dries: (dock.depthCm ?? 0) < 0,
    overheadCm: dock.overheadCm,
    overheadDatum: dock.overheadDatum ?? "HAT",
    maxTonnes: dock.maxDisplacementKg === undefined ? "" : String(dock.maxDisplacementKg / 1000),
    outlets: dock.outlets.map(({ plug, volts, amps, phases }) => ({
      plug,
      volts: String(volts),
      amps: String(amps),
      phases: phases === 3 ? "3" : "1",
    })),
    amenities: dock.amenities,
    accessible: dock.accessible,
    hullTypes: dock.hullTypes,
    requiresInsurance: dock.requiresInsurance,
    instantBook: dock.instantBook,
    minNights: String(dock.minNights),
    maxNights: String(dock.maxNights),
    noticeHours: String(dock.noticeHours),
    windowDays: String(dock.windowDays),
    checkInFrom: dock.checkInFrom,
    checkOutBy: dock.checkOutBy,
    holdUntil: dock.holdUntil,
    closures: dock.closures,
    firstRefusalUntil: dock.firstRefusalUntil ?? "",
    cancellationPolicy: dock.cancellationPolicy,
    collection: dock.collection,
    basis: rate.basis,
    billable: rate.billable,
    price: money(rate.minor),
    seasons: rate.seasons.map(({ name, from, to, minor }) => ({
      name,
      from,
      to,
      price: money(minor),
    })),
    weekdayPercents: rate.weekdayPercents.map(String),
    weeklyDiscount: unlessZero(rate.weeklyDiscountPercent),
    monthlyDiscount: unlessZero(rate.monthlyDiscountPercent),
    multihullPercent: String(rate.multihullPercent),
    cleaning: unlessZero(rate.fees.cleaningMinor, money),
    power: unlessZero(rate.fees.powerPerNightMinor, money),
    tax: unlessZero(rate.taxPercent),
    deposit: unlessZero(rate.depositMinor, money),
  };
}

export function formToHarbour(form: HarbourForm): z.input<typeof NewHarbour> {
  return {
    name: form.name,
    place: form.place,
    country: form.country,
    position: {
      lat: parseCoordinate(form.lat, "lat") ?? NaN,
      lon: parseCoordinate(form.lon, "lon") ?? NaN,
    },
    timeZone: form.timeZone,
    ...present("vhfChannel", form.vhfChannel.trim() || undefined),
    approach: form.approach,
    facilities: [...form.facilities],
  };
}

function present<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : { [name]: value } as { [P in K]: V };
}
