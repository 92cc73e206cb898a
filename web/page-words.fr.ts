import type * as en from "./page-words.ts";
import type { Translation } from "./text/words.ts";

export const pageTitle = "Dokkerr : un poste d’amarrage à votre mesure";

export const pageWords = {
  title: pageTitle,
  description:
    "Cherchez un port par lieu, nuits et bateau. Voyez pourquoi le poste convient, ce qu’il coûte, et réservez une place qui ne sera vendue qu’une fois.",
  noScript:
    "Dokkerr dessine ses pages avec JavaScript. Activez-le pour chercher un poste d’amarrage.",
} satisfies Translation<typeof en.pageWords>;
