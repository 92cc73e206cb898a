import { plural } from "../../text/plural.ts";

export const words = {
  title: "Hosting",
  newDock: "Add a dock",
  docks: "My docks",
  requests: "Requests to answer",
  here: "At your docks today",
  coming: "Coming bookings",
} as const;

export function countNights(count: number, locale: string): string {
  return plural(count, { one: "# night", other: "# nights" }, locale);
}
