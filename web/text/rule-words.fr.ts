import type * as en from "./rule-words.ts";
import type { Translation } from "./words.ts";

export const ruleWords = {
  length: "Longueur",
  beam: "Largeur",
  depth: "Profondeur",
  air_draft: "Tirant d’air",
  displacement: "Poids",
  power: "Électricité",
  hull_type: "Coque",
  insurance: "Assurance",
} satisfies Translation<typeof en.ruleWords>;
