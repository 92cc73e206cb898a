import type * as en from "./dock-card-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  from: "für den Aufenthalt",
  night: (price) => `${price} je Nacht`,
  maxLoa: (length) => `bis ${length}`,
  deep: (depth) => `${depth} tief`,
  instant: "Sofort buchbar",
  why: "Warum",
} satisfies Translation<typeof en.words>;
