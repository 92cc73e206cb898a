import type * as en from "./page-words.ts";
import type { Translation } from "./text/words.ts";

export const pageTitle = "Dokkerr: ein Liegeplatz, der passt";

export const pageWords = {
  title: pageTitle,
  description:
    "Häfen nach Ort, Nächten und Boot durchsuchen. Sehen, warum es passt und was es kostet, und einen Liegeplatz buchen, der nur einmal vergeben wird.",
  noScript:
    "Dokkerr zeichnet seine Seiten mit JavaScript. Bitte einschalten, um einen Liegeplatz zu suchen.",
} satisfies Translation<typeof en.pageWords>;
