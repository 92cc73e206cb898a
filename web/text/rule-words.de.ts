import type * as en from "./rule-words.ts";
import type { Translation } from "./words.ts";

export const ruleWords = {
  length: "Länge",
  beam: "Breite",
  depth: "Tiefe",
  air_draft: "Durchfahrtshöhe",
  displacement: "Gewicht",
  power: "Landstrom",
  hull_type: "Rumpf",
  insurance: "Versicherung",
} satisfies Translation<typeof en.ruleWords>;
