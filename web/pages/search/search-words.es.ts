import type * as en from "./search-words.ts";
import { formatCount } from "../../text/format.ts";
import { plural } from "../../text/plural.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  title: "Encontrar un amarre",
  place: "Dónde",
  placeHint: "Puerto, ciudad o costa",
  nights: "Noches",
  nightsNone: "Cualquier noche",
  boat: "Barco",
  boatNone: "Cualquier barco",
  boatLong: (loa) => `${loa} de eslora`,
  filters: "Filtros",
  filtersSet: (count) => `Filtros · ${count}`,
  instant: "Reserva inmediata",
  sort: "Orden",
  sorts: {
    distance: "Los más cercanos",
    price: "Los más baratos",
    rating: "Los mejor valorados",
  },
  map: "Mapa",
  list: "Lista",
  mapLabel: "Mapa de los amarres de la lista",
  near: (place) => `Amarres cerca de ${place}`,
  mapArea: "Esta parte del mapa",
  inMap: "Amarres en esta parte del mapa",
  count(total, locale) {
    if (total.value === 0) return "Ningún amarre";
    const forms = total.relation === "eq"
      ? { one: "# amarre", many: "# de amarres", other: "# amarres" }
      : { many: "Más de # de amarres", other: "Más de # amarres" };
    return plural(total.value, forms, locale);
  },
  clustered: (shown, locale) =>
    `La lista tiene los primeros ${formatCount(shown, locale)}. Acerca el mapa para ver más.`,
  searching: "Buscando amarres",
  more: "Ver más amarres",
  reading: "Cargando …",
  failed: "La búsqueda no ha funcionado",
  failedHint: "Algo ha fallado por nuestra parte.",
  again: "Intentar de nuevo",
} satisfies Translation<typeof en.words>;
