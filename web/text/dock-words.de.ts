import type * as en from "./dock-words.ts";
import type { Translation } from "./words.ts";

export const kindWords = {
  slip: "Box",
  side_tie: "Längsseits am Kai",
  t_head: "Stegkopf",
  stern_to: "Mit Heck oder Bug zum Steg",
  pile: "Platz zwischen Dalben",
  mooring: "Ankerboje",
  dry_rack: "Trockenliegeplatz",
} satisfies Translation<typeof en.kindWords>;

export const verdictWords = {
  fits: "Passt",
  conditional: "Passt unter Bedingung",
  no: "Passt nicht",
  unknown: "Passung unbekannt",
} satisfies Translation<typeof en.verdictWords>;
