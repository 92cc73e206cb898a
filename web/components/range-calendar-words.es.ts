import type * as en from "./range-calendar-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  previous: "Mes anterior",
  next: "Mes siguiente",
  taken: "ocupada",
  arrival: "llegada",
  departure: "salida",
} satisfies Translation<typeof en.words>;
