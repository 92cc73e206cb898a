import type * as en from "./search-words.ts";
import { formatCount } from "../../text/format.ts";
import { plural } from "../../text/plural.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  title: "Trouver un poste",
  place: "Où",
  placeHint: "Port, ville ou côte",
  nights: "Nuits",
  nightsNone: "N’importe quand",
  boat: "Bateau",
  boatNone: "Tout bateau",
  boatLong: (loa) => `${loa} de long`,
  filters: "Filtres",
  filtersSet: (count) => `Filtres · ${count}`,
  instant: "Réservation immédiate",
  sort: "Ordre",
  sorts: {
    distance: "Les plus proches",
    price: "Les moins chers",
    rating: "Les mieux notés",
  },
  map: "Carte",
  list: "Liste",
  mapLabel: "Carte des postes de la liste",
  near: (place) => `Postes près de ${place}`,
  mapArea: "Cette partie de la carte",
  inMap: "Postes dans cette partie de la carte",
  count(total, locale) {
    if (total.value === 0) return "Aucun poste";
    const forms = total.relation === "eq"
      ? { one: "# poste", many: "# de postes", other: "# postes" }
      : { many: "Plus de # de postes", other: "Plus de # postes" };
    return plural(total.value, forms, locale);
  },
  clustered: (shown, locale) =>
    `Les ${
      formatCount(shown, locale)
    } premiers sont dans la liste. Rapprochez la carte pour en voir plus.`,
  searching: "Recherche de postes",
  more: "Voir plus de postes",
  reading: "Chargement …",
  failed: "La recherche n’a pas abouti",
  failedHint: "Quelque chose n’a pas marché de notre côté.",
  again: "Réessayer",
} satisfies Translation<typeof en.words>;
