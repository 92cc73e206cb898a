import type * as en from "./stay-panel-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  arrive: "Arrivée",
  leave: "Départ",
  clear: "Effacer",
  done: "Terminé",
  nights: { one: "# nuit", other: "# nuits" },
} satisfies Translation<typeof en.words>;
