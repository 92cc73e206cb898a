import type * as en from "./berth-drawing-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  label: (berth, boat) => `Un poste pour ${berth}, avec un bateau de ${boat}`,
  empty: (berth) => `Un poste pour ${berth}`,
} satisfies Translation<typeof en.words>;
