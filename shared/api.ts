import * as z from "zod/mini";
import { NamedVessel, PartialVessel } from "./boat.ts";
import { QuoteLine } from "./booking.ts";
import { Amenity, Collection, Datum, DockKind } from "./dock.ts";
import { Fit } from "./fit.ts";
import { DockId, Uuid } from "./ids.ts";
import { Currency, Minor } from "./money.ts";
import { LocalDate } from "./stay.ts";

/** A page of a list that continues after `nextCursor`, which is null at its end. */
export function Page<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });
}

export const Sort = z.enum(["price", "distance", "rating"]);
export type Sort = z.infer<typeof Sort>;

/** One dock that a search found. Lengths in centimetres; null is "not known". */
export const SearchItem = z.object({
  id: DockId,
  version: z.int(),
  name: z.string(),
  kind: DockKind,
  lat: z.number(),
  lon: z.number(),
  harbourId: DockId,
  harbourName: z.string(),
  country: z.string(),
  maxLoaCm: z.int(),
  maxBeamCm: z.nullable(z.int()),
  depthCm: z.nullable(z.int()),
  depthDatum: z.nullable(Datum),
  amenities: z.array(Amenity),
  instantBook: z.boolean(),
  collection: Collection,
  photo: z.nullable(z.string()),
  rating: z.nullable(z.number()),
  /** The stay's price for the vessel asked with; null where dates or a needed length are missing. */
  price: z.nullable(z.object({ currency: Currency, totalMinor: Minor, nightlyMinor: Minor })),
  fit: z.nullable(Fit),
  distanceM: z.nullable(z.int()),
});
export type SearchItem = z.infer<typeof SearchItem>;

/**
 * Docks too many to list, gathered by where they lie: their middle, how many there are of the kinds
 * asked for, whatever else was asked, and what a night outside all seasons costs the longest boat
 * that a berth takes. About a minute old at most.
 */
export const Cluster = z.object({
  lat: z.number(),
  lon: z.number(),
  count: z.int(),
  kinds: z.partialRecord(DockKind, z.int()),
  prices: z.array(z.object({ currency: Currency, leastMinor: Minor, mostMinor: Minor })),
});
export type Cluster = z.infer<typeof Cluster>;

export const SearchAnswer = z.object({
  items: z.array(SearchItem),
  total: z.object({ value: z.int(), relation: z.enum(["eq", "gte"]) }),
  clusters: z.optional(z.array(Cluster)),
  nextCursor: z.nullable(z.string()),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;

export const Availability = z.object({
  nights: z.array(z.object({ date: LocalDate, free: z.boolean() })),
});
export type Availability = z.infer<typeof Availability>;

/** An offer: `quote` is the signed string that a booking carries; the deposit is not in the total. */
export const QuoteAnswer = z.object({
  quote: z.string(),
  currency: Currency,
  totalMinor: Minor,
  depositMinor: Minor,
  lines: z.array(QuoteLine),
  fit: Fit,
  free: z.boolean(),
  expiresAt: z.string(),
});
export type QuoteAnswer = z.infer<typeof QuoteAnswer>;

/** What a quote's signature covers. `exp` in seconds since 1970. */
export const QuoteClaims = z.object({
  dockId: DockId,
  from: LocalDate,
  to: LocalDate,
  vessel: PartialVessel,
  ratesVersion: z.int(),
  /** How the dock took its fee then: the platform's own is in the price by card alone. */
  collection: Collection,
  currency: Currency,
  totalMinor: Minor,
  depositMinor: Minor,
  lines: z.array(QuoteLine),
  exp: z.int(),
});
export type QuoteClaims = z.infer<typeof QuoteClaims>;

/** A booking asked for: a saved boat or one described, and the quote that was shown. */
export const NewBooking = z
  .object({
    dockId: DockId,
    from: LocalDate,
    to: LocalDate,
    boatId: z.optional(Uuid),
    boat: z.optional(NamedVessel),
    quote: z.string().check(z.maxLength(8_192)),
    acceptConditions: z.optional(z.boolean()),
  })
  .check(
    z.refine((body) => (body.boatId === undefined) !== (body.boat === undefined), {
      error: "give either boatId or boat",
      path: ["boat"],
    }),
    z.refine((body) => body.from < body.to, { error: "must be after `from`", path: ["to"] }),
  );
export type NewBooking = z.infer<typeof NewBooking>;

export const PlaceKind = z.enum(["harbour", "city", "region", "country"]);

/** A place that a search can start from. `radiusM` is how far its water reaches. */
export const Place = z.object({
  id: z.string(),
  kind: PlaceKind,
  name: z.string(),
  context: z.string(),
  lat: z.number(),
  lon: z.number(),
  radiusM: z.int(),
});
export type Place = z.infer<typeof Place>;

/** The person signed in. */
export const Me = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(["guest", "host", "admin"])),
});
export type Me = z.infer<typeof Me>;

export const NewThread = z.object({ dockId: DockId });

/** A conversation of a dock's guest and host. */
export const Thread = z.object({
  id: Uuid,
  dockId: DockId,
  dockName: z.string(),
  guest: z.object({ id: z.string(), name: z.string() }),
  host: z.object({ id: z.string(), name: z.string() }),
  lastMessage: z.nullable(
    z.object({
      seq: z.int(),
      senderId: z.string(),
      text: z.string(),
      sentAt: z.string(),
      shows: z.optional(z.enum(["text", "photo", "berth", "booking", "deleted"])),
    }),
  ),
  unread: z.int(),
  /** The reader has blocked the other one; the other one has blocked the reader. */
  isBlocked: z.optional(z.boolean()),
  isClosed: z.optional(z.boolean()),
  createdAt: z.string(),
});
export type Thread = z.infer<typeof Thread>;

export const NewTicket = z.object({
  room: z.string().check(z.regex(/^(thread|booking|inbox):[0-9A-Za-z-]{1,64}$/)),
});

export const Ticket = z.object({ ticket: z.string(), url: z.string(), expiresAt: z.string() });
export type Ticket = z.infer<typeof Ticket>;

/** Nights that a host has taken out of sale. */
export const Block = z.object({
  id: Uuid,
  from: LocalDate,
  to: LocalDate,
  note: z.string(),
  spanCm: z.nullable(z.tuple([z.int(), z.int()])),
});
export type Block = z.infer<typeof Block>;
