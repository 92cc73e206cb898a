import type * as en from "./vessel-form-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  own: "Deine Boote",
  measures: "Maße",
  loa: "Länge über alles",
  loaHint: "Mit Bugspriet, Badeplattform und Davits",
  beam: "Breite",
  draft: "Tiefgang",
  airDraft: "Durchfahrtshöhe",
  displacement: "Gewicht",
  hull: "Rumpf",
  anyHull: "Keine Angabe",
  use: "Diese Maße verwenden",
  clear: "Ohne Boot",
  unit: "Einheit",
  myBoats: "Ein Boot mit allen Maßen speichern",
} satisfies Translation<typeof en.words>;
