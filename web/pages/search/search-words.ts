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
  boatLong: (loa: string) => `${loa} long`,
  filters: "Filters",
  filtersSet: (count: number) => `Filters · ${count}`,
  instant: "Book at once",
  sort: "Order",
  sorts: { distance: "Nearest first", price: "Cheapest first", rating: "Best rated first" },
  map: "Map",
  list: "List",
  mapLabel: "Map of the docks in the list",
  near: (place: string) => `Docks near ${place}`,
  mapArea: "This part of the map",
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
  failed: "The search did not work",
  failedHint: "Something went wrong on our side.",
  again: "Try again",
} as const;
