import { formatCount } from "../../text/format.ts";
import { plural } from "../../text/plural.ts";

export const words = {
  title: "Find a berth",
  place: "Where",
  placeHint: "Harbour, town or coast",
  nights: "Nights",
  nightsNone: "Any nights",
  boat: "Boat",
  boatNone: "Any boat",
  boatDraft: (loa: string, draft: string) => `${loa} · ${draft} draft`,
  filters: "Filters",
  filtersSet: (count: number) => `Filters · ${count}`,
  instant: "Book at once",
  sort: "Order",
  sorts: { distance: "Nearest first", price: "Cheapest first", rating: "Best rated first" },
  map: "Map",
  list: "List",
  mapLabel: "Map of the docks in the list",
  near: (place: string) => `Docks near ${place}`,
  inMap: "Docks in this part of the map",
  count(total: { value: number; relation: "eq" | "gte" }, locale: string): string {
    if (total.value === 0) return "No docks";
    const forms = total.relation === "eq"
      ? { one: "# dock", other: "# docks" }
      : { other: "More than # docks" };
    return plural(total.value, forms, locale);
  },
  clustered: (shown: number, locale: string) =>
    `The first ${formatCount(shown, locale)} are listed. Look closer on the map to see more.`,
  searching: "Looking for docks",
  more: "Show more docks",
  reading: "Reading on …",
  none: "Nothing here that fits",
  noneHint: "Try a wider piece of water, other nights, or fewer filters.",
  wider: "Look in a wider circle",
  dropFilters: "Drop the filters",
  failed: "The search did not work",
  again: "Try again",
  clearStay: "Clear",
  stayNights: (count: number, locale: string) =>
    plural(count, { one: "# night", other: "# nights" }, locale),
  arrive: "Arrive",
  leave: "Leave",
  done: "Done",
  myBoats: "Keep a boat with all her measures",
  hero: "Find a berth that fits.",
  heroText:
    "Tell us the water, the nights and your boat. You see which berths are free, whether she lies there safely at low tide, and what it costs to the last line.",
  start: "Waters to begin with",
  promises: [
    [
      "Measured, not guessed",
      "Length, beam, depth at low water, bridges and shore power are checked against your boat, with the reason for each.",
    ],
    [
      "Yours means yours",
      "A berth is sold once. The quote you see is what you pay, and the calendar is the real one.",
    ],
    [
      "Talk to the harbour",
      "Every dock has its host, a message away, and the booking changes before your eyes when they answer.",
    ],
  ],
} as const;

/** Where a first search can begin, until there is a history of one's own. */
export const WATERS = [
  { name: "Newport, Rhode Island", lat: 41.49, lon: -71.33, radiusM: 20_000 },
  { name: "Palma, Mallorca", lat: 39.56, lon: 2.63, radiusM: 25_000 },
  { name: "Split, Dalmatia", lat: 43.5, lon: 16.44, radiusM: 30_000 },
  { name: "Falmouth, Cornwall", lat: 50.15, lon: -5.06, radiusM: 25_000 },
  { name: "Bergen, Norway", lat: 60.39, lon: 5.31, radiusM: 30_000 },
  { name: "Suva, Fiji", lat: -18.13, lon: 178.42, radiusM: 60_000 },
] as const;
