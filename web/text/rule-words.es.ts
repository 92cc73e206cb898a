import type * as en from "./rule-words.ts";
import type { Translation } from "./words.ts";

export const ruleWords = {
  length: "Eslora",
  beam: "Manga",
  depth: "Fondo",
  air_draft: "Altura",
  displacement: "Peso",
  power: "Corriente",
  hull_type: "Casco",
  insurance: "Seguro",
} satisfies Translation<typeof en.ruleWords>;
