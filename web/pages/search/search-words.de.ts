import type * as en from "./search-words.ts";
import { formatCount } from "../../text/format.ts";
import { plural } from "../../text/plural.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  title: "Liegeplatz finden",
  place: "Wo",
  placeHint: "Hafen, Stadt oder Küste",
  nights: "Nächte",
  nightsNone: "Beliebige Nächte",
  boat: "Boot",
  boatNone: "Beliebiges Boot",
  boatLong: (loa) => `${loa} lang`,
  filters: "Filter",
  filtersSet: (count) => `Filter · ${count}`,
  instant: "Sofort buchbar",
  sort: "Reihenfolge",
  sorts: {
    distance: "Nächste zuerst",
    price: "Günstigste zuerst",
    rating: "Beste Bewertung zuerst",
  },
  map: "Karte",
  list: "Liste",
  mapLabel: "Karte der Liegeplätze in der Liste",
  near: (place) => `Liegeplätze bei ${place}`,
  mapArea: "Dieser Kartenausschnitt",
  inMap: "Liegeplätze in diesem Kartenausschnitt",
  count(total, locale) {
    if (total.value === 0) return "Keine Liegeplätze";
    const forms = total.relation === "eq"
      ? { one: "# Liegeplatz", other: "# Liegeplätze" }
      : { other: "Mehr als # Liegeplätze" };
    return plural(total.value, forms, locale);
  },
  clustered: (shown, locale) =>
    `Die ersten ${
      formatCount(shown, locale)
    } stehen in der Liste. Näher heran auf der Karte, um mehr zu sehen.`,
  searching: "Liegeplätze werden gesucht",
  more: "Mehr Liegeplätze zeigen",
  reading: "Wird geladen …",
  failed: "Die Suche hat nicht geklappt",
  failedHint: "Auf unserer Seite ist etwas schiefgegangen.",
  again: "Noch einmal versuchen",
} satisfies Translation<typeof en.words>;
