import type * as en from "./stay-panel-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  arrive: "Ankunft",
  leave: "Abreise",
  clear: "Leeren",
  done: "Fertig",
  nights: { one: "# Nacht", other: "# Nächte" },
} satisfies Translation<typeof en.words>;
