import type * as en from "./filter-form-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  kind: "Tipo de amarre",
  amenities: "Tiene que haber",
  price: "Precio máximo de la estancia",
  priceHint: "Elige primero tus noches",
  currency: "Moneda",
  instant: "Reserva inmediata",
  instantHint: "Sin esperar la respuesta del anfitrión",
  clear: "Quitar todo",
  done: "Ver amarres",
} satisfies Translation<typeof en.words>;
