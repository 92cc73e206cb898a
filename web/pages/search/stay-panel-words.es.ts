import type * as en from "./stay-panel-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  arrive: "Llegada",
  leave: "Salida",
  clear: "Borrar",
  done: "Listo",
  nights: { one: "# noche", other: "# noches" },
} satisfies Translation<typeof en.words>;
