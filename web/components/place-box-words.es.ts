import type * as en from "./place-box-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  recent: "Búsquedas recientes",
  nothing: "Ningún lugar con ese nombre. Prueba con la ciudad o el puerto de al lado.",
  failed: "Ahora mismo no se pueden buscar lugares.",
  found: (count) => count === 1 ? "1 lugar" : `${count} lugares`,
} satisfies Translation<typeof en.words>;
