import type * as en from "./berth-drawing-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  label: (berth, boat) => `Ein Liegeplatz für ${berth}, darin ein Boot von ${boat}`,
  empty: (berth) => `Ein Liegeplatz für ${berth}`,
} satisfies Translation<typeof en.words>;
