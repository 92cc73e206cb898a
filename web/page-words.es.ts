import type * as en from "./page-words.ts";
import type { Translation } from "./text/words.ts";

export const pageTitle = "Dokkerr: un amarre a tu medida";

export const pageWords = {
  title: pageTitle,
  description:
    "Busca puertos por lugar, noches y barco. Mira por qué encaja y cuánto cuesta, y reserva un amarre que solo se vende una vez.",
  noScript: "Dokkerr dibuja sus páginas con JavaScript. Actívalo para buscar un amarre.",
} satisfies Translation<typeof en.pageWords>;
