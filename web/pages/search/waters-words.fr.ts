import type * as en from "./waters-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  start: "Des eaux pour commencer",
  promises: [
    [
      "Mesuré, pas deviné",
      "Longueur, largeur, profondeur à basse mer, ponts et électricité sont comparés à votre bateau, avec la raison à chaque fois.",
    ],
    [
      "À vous, c’est à vous",
      "Une place n’est vendue qu’une fois. Le prix affiché est celui que vous payez, et le calendrier est le vrai.",
    ],
    [
      "Parlez au port",
      "Chaque poste a son hôte, à un message de vous, et la réservation change sous vos yeux dès qu’il répond.",
    ],
  ],
} satisfies Translation<typeof en.words>;
