import type * as en from "./vessel-form-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  own: "Tus barcos",
  measures: "Medidas",
  loa: "Eslora total",
  loaHint: "Con botalón, plataforma y pescantes",
  beam: "Manga",
  draft: "Calado",
  airDraft: "Altura sobre el agua",
  displacement: "Peso",
  hull: "Casco",
  anyHull: "Sin indicar",
  use: "Usar estas medidas",
  clear: "Sin barco",
  unit: "Unidad",
  myBoats: "Guardar un barco con todas sus medidas",
} satisfies Translation<typeof en.words>;
