import type * as en from "./dock-words.ts";
import type { Translation } from "./words.ts";

export const kindWords = {
  slip: "Catway",
  side_tie: "Le long du quai",
  t_head: "Bout de ponton",
  stern_to: "Cul à quai",
  pile: "Entre pieux",
  mooring: "Corps-mort",
  dry_rack: "Port à sec",
} satisfies Translation<typeof en.kindWords>;

export const verdictWords = {
  fits: "Convient",
  conditional: "Convient sous condition",
  no: "Ne convient pas",
  unknown: "Compatibilité inconnue",
} satisfies Translation<typeof en.verdictWords>;
