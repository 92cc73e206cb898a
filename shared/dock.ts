import * as z from "zod/mini";
import { HullType, Inlet } from "./boat.ts";
import { Position } from "./geo.ts";
import { DockId, Uuid } from "./ids.ts";
import { patchOf } from "./patch.ts";
import { MonthDay, Rate } from "./rate.ts";
import { LocalDate, TimeZone } from "./stay.ts";

export const DockKind = z.enum([
  "slip",
  "side_tie",
  "t_head",
  "stern_to",
  "pile",
  "mooring",
  "dry_rack",
]);
export type DockKind = z.infer<typeof DockKind>;

/** Quays that are sold by the centimetre: several boats may lie on one at a time. */
export function isLinear(kind: DockKind): boolean {
  return kind === "side_tie" || kind === "t_head";
}

/**
 * OpenSeaMap's vocabulary (seamark:small_craft_facility:category) where it has the word. The
 * order is the bit that each has in tiles and in the database: only ever append.
 */
export const AMENITIES = [
  "electricity",
  "water_tap",
  "pump_out",
  "fuel",
  "showers",
  "toilets",
  "laundry",
  "wifi",
  "security",
  "restaurant",
  "chandler",
  "boatyard",
  "boat_hoist",
  "slipway",
  "provisions",
  "parking",
  "waste",
  "pets",
] as const;
export const Amenity = z.enum(AMENITIES);
export type Amenity = z.infer<typeof Amenity>;

/** Amenities as a bit set, bit n for `AMENITIES[n]`. */
export function amenitiesToBits(amenities: readonly Amenity[]): number {
  return amenities.reduce((bits, amenity) => bits | (1 << AMENITIES.indexOf(amenity)), 0);
}

/** The amenities of a bit set, in the vocabulary's order. */
export function bitsToAmenities(bits: number): Amenity[] {
  return AMENITIES.filter((_, bit) => bits & (1 << bit));
}

/**
 * Levels that heights and depths are measured from (IHO S-32): a depth without one means nothing.
 */
export const Datum = z.enum(["LAT", "MLLW", "MLWS", "MLW", "MSL", "MHW", "MHWS", "MHHW", "HAT"]);
export type Datum = z.infer<typeof Datum>;

export const Outlet = z.omit(Inlet, { required: true });
export type Outlet = z.infer<typeof Outlet>;

export const CancellationPolicy = z.enum(["flexible", "moderate", "strict"]);
export type CancellationPolicy = z.infer<typeof CancellationPolicy>;

/** Where the fee is taken: by card when booking, or ashore on arrival. */
export const Collection = z.enum(["online", "at_dock"]);
export type Collection = z.infer<typeof Collection>;

export const DockStatus = z.enum(["draft", "published", "paused", "maintenance"]);
export type DockStatus = z.infer<typeof DockStatus>;

/** A time of the dock's own day, `HH:MM`. */
export const TimeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

const Cm = z.int().check(z.gte(0), z.lte(100_000));
const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(120));
const Prose = z.string().check(z.trim(), z.maxLength(4_000));

/**
 * Days of each year whose nights are not sold, `[from, to)`; may run over New Year, and are the whole
 * year where both are the same day.
 */
export const Closure = z.object({ from: MonthDay, to: MonthDay });
export type Closure = z.infer<typeof Closure>;

/** What its host writes of a dock. Centimetres, kilograms, local times of the dock's day. */
export const NewDock = z.object({
  harbourId: DockId,
  kind: DockKind,
  name: Name,
  description: z._default(Prose, ""),
  position: Position,
  /** Show only a blurred position until the berth is booked. */
  blurPosition: z._default(z.boolean(), false),
  minLoaCm: z.optional(Cm),
  maxLoaCm: Cm.check(z.gte(100)),
  maxBeamCm: z.optional(Cm),
  depthCm: z.optional(z.int().check(z.gte(-500), z.lte(20_000))),
  depthDatum: z.optional(Datum),
  overheadCm: z.optional(Cm),
  overheadDatum: z.optional(Datum),
  maxDisplacementKg: z.optional(z.int().check(z.gte(0), z.lte(20_000_000))),
  /** Linear kinds only: how many centimetres of quay there are to sell. */
  lengthCm: z.optional(Cm),
  /** Free water kept between two boats on a quay. */
  gapCm: z._default(Cm, 0),
  outlets: z._default(z.array(Outlet).check(z.maxLength(12)), []),
  amenities: z._default(z.array(Amenity), []),
  accessible: z._default(z.boolean(), false),
  hullTypes: z._default(z.array(HullType).check(z.minLength(1)), ["mono", "multi", "power"]),
  requiresInsurance: z._default(z.boolean(), false),
  checkInFrom: z._default(TimeOfDay, "14:00"),
  checkOutBy: z._default(TimeOfDay, "12:00"),
  /** When an unclaimed berth may be released, on the arrival day. */
  holdUntil: z._default(TimeOfDay, "20:00"),
  instantBook: z._default(z.boolean(), true),
  minNights: z._default(z.int().check(z.gte(1), z.lte(365)), 1),
  maxNights: z._default(z.int().check(z.gte(1), z.lte(365)), 90),
  /** How long before check-in a booking must be made. */
  noticeHours: z._default(z.int().check(z.gte(0), z.lte(24 * 90)), 0),
  /** How many days ahead nights are sold. */
  windowDays: z._default(z.int().check(z.gte(1), z.lte(730)), 548),
  /** Days of each year that are not sold. */
  closures: z._default(z.array(Closure).check(z.maxLength(12)), []),
  /** Until when on the check-out day the guest in the berth has first refusal of the next night. */
  firstRefusalUntil: z.optional(TimeOfDay),
  cancellationPolicy: z._default(CancellationPolicy, "moderate"),
  collection: z._default(Collection, "at_dock"),
  rate: Rate,
});
export type NewDock = z.infer<typeof NewDock>;

/** What must hold between a dock's values; each answer is a sentence for its host. */
export function dockFaults(dock: NewDock): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = [];
  const say = (path: string, message: string) => faults.push({ path, message });
  if (isLinear(dock.kind)) {
    if (dock.lengthCm === undefined) say("lengthCm", "a quay needs its length");
    else if (dock.maxLoaCm + dock.gapCm > dock.lengthCm) {
      say("maxLoaCm", "the longest boat and her gap must fit on the quay");
    }
  } else if (dock.lengthCm !== undefined) say("lengthCm", "only quays are sold by length");
  if (dock.minLoaCm !== undefined && dock.minLoaCm > dock.maxLoaCm) {
    say("minLoaCm", "must not be above maxLoaCm");
  }
  if (dock.checkOutBy > dock.checkInFrom) {
    say("checkOutBy", "must not be after checkInFrom: the next guest may come then");
  }
  if (dock.minNights > dock.maxNights) say("minNights", "must not be above maxNights");
  if ((dock.depthCm === undefined) !== (dock.depthDatum === undefined)) {
    say("depthDatum", "a depth and its datum go together");
  }
  if ((dock.overheadCm === undefined) !== (dock.overheadDatum === undefined)) {
    say("overheadDatum", "an overhead and its datum go together");
  }
  return faults;
}

export const PhotoType = z.enum(["image/jpeg", "image/png", "image/webp", "image/avif"]);
export type PhotoType = z.infer<typeof PhotoType>;

const Pixels = z.int().check(z.gte(1), z.lte(20_000));

/** A picture that a host is about to upload: pixels, and bytes of its file. */
export const NewPhoto = z.object({
  contentType: PhotoType,
  width: Pixels,
  height: Pixels,
  bytes: z.int().check(z.gte(1), z.lte(10_000_000)),
});
export type NewPhoto = z.infer<typeof NewPhoto>;

export const Photo = z.object({ id: Uuid, url: z.string(), width: z.int(), height: z.int() });
export type Photo = z.infer<typeof Photo>;

/** Where to PUT a picture, with its Content-Type; it is shown once it is said to be uploaded. */
export const PhotoUpload = z.object({
  uploadUrl: z.string(),
  expiresAt: z.string(),
  photo: Photo,
});
export type PhotoUpload = z.infer<typeof PhotoUpload>;

/** What everybody may see of a dock. `position` is the public one, blurred where the host asks. */
export const Dock = z.extend(z.omit(NewDock, { blurPosition: true, harbourId: true }), {
  id: DockId,
  version: z.int(),
  status: DockStatus,
  positionBlurred: z.boolean(),
  timeZone: TimeZone,
  host: z.object({ id: z.string(), name: z.string() }),
  harbour: z.object({
    id: DockId,
    name: z.string(),
    place: z.string(),
    country: z.string(),
    vhfChannel: z.nullable(z.string()),
    approach: z.string(),
    facilities: z.array(Amenity),
    tideStation: z.nullable(
      z.object({ id: z.string(), name: z.string(), attribution: z.string() }),
    ),
  }),
  photos: z.array(Photo),
  rating: z.nullable(z.number()),
});
export type Dock = z.infer<typeof Dock>;

/** A dock as who manages it sees it: `position` is the exact one, `publicPosition` what others see. */
export const HostDock = z.extend(Dock, {
  harbourId: DockId,
  blurPosition: z.boolean(),
  publicPosition: Position,
});
export type HostDock = z.infer<typeof HostDock>;

export const DockPatch = patchOf(z.omit(NewDock, { harbourId: true }));
export type DockPatch = z.infer<typeof DockPatch>;

/** Nights that a host keeps from being sold; `spanCm` where only a part of a quay. */
export const NewBlock = z.object({
  from: LocalDate,
  to: LocalDate,
  note: z._default(z.string().check(z.maxLength(200)), ""),
  spanCm: z.optional(z.tuple([Cm, Cm])),
});
export type NewBlock = z.infer<typeof NewBlock>;

/** A harbour: one above each dock. A marina has one with 300 berths; a private dock its own. */
export const NewHarbour = z.object({
  name: Name,
  place: Name,
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  position: Position,
  timeZone: TimeZone,
  vhfChannel: z.optional(z.string().check(z.trim(), z.maxLength(20))),
  approach: z._default(Prose, ""),
  facilities: z._default(z.array(Amenity), []),
});
export type NewHarbour = z.infer<typeof NewHarbour>;

export const Harbour = z.extend(NewHarbour, {
  id: DockId,
  version: z.int(),
  tideStation: z.nullable(z.object({ id: z.string(), name: z.string(), attribution: z.string() })),
  dockCount: z.int(),
});
export type Harbour = z.infer<typeof Harbour>;

export const HarbourPatch = patchOf(z.omit(NewHarbour, { position: true, timeZone: true }));
export type HarbourPatch = z.infer<typeof HarbourPatch>;
