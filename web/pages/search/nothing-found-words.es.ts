import type * as en from "./nothing-found-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  none: "Aquí no hay nada que encaje",
  noneHint: "Prueba con una zona más amplia, otras noches o menos filtros.",
  wider: "Buscar más lejos",
  dropFilters: "Quitar los filtros",
} satisfies Translation<typeof en.words>;
