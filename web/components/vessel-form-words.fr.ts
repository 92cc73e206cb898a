import type * as en from "./vessel-form-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  own: "Vos bateaux",
  measures: "Dimensions",
  loa: "Longueur hors tout",
  loaHint: "Avec bout-dehors, plateforme et bossoirs",
  beam: "Largeur",
  draft: "Tirant d’eau",
  airDraft: "Tirant d’air",
  displacement: "Poids",
  hull: "Coque",
  anyHull: "Non précisé",
  use: "Utiliser ces dimensions",
  clear: "Sans bateau",
  unit: "Unité",
  myBoats: "Garder un bateau avec toutes ses dimensions",
} satisfies Translation<typeof en.words>;
