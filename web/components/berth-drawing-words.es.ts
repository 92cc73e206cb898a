import type * as en from "./berth-drawing-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  label: (berth, boat) => `Un amarre para ${berth}, con un barco de ${boat}`,
  empty: (berth) => `Un amarre para ${berth}`,
} satisfies Translation<typeof en.words>;
