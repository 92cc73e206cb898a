import type * as en from "./place-box-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  recent: "Zuletzt gesucht",
  nothing: "Kein Ort dieses Namens. Versuch es mit der Stadt oder dem Hafen nebenan.",
  failed: "Orte lassen sich gerade nicht nachschlagen.",
  found: (count) => count === 1 ? "1 Ort" : `${count} Orte`,
} satisfies Translation<typeof en.words>;
