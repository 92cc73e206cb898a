import type * as en from "./dock-words.ts";
import type { Translation } from "./words.ts";

export const kindWords = {
  slip: "Plaza con finger",
  side_tie: "Abarloado al muelle",
  t_head: "Cabeza de pantalán",
  stern_to: "De popa al muelle",
  pile: "Entre pilotes",
  mooring: "Boya de fondeo",
  dry_rack: "Marina seca",
} satisfies Translation<typeof en.kindWords>;

export const verdictWords = {
  fits: "Encaja",
  conditional: "Encaja con condiciones",
  no: "No encaja",
  unknown: "No se sabe si encaja",
} satisfies Translation<typeof en.verdictWords>;
