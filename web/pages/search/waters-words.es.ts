import type * as en from "./waters-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  start: "Aguas para empezar",
  promises: [
    [
      "Medido, no supuesto",
      "Eslora, manga, fondo en bajamar, puentes y corriente se comparan con tu barco, con la razón de cada cosa.",
    ],
    [
      "Lo tuyo es tuyo",
      "Un amarre se vende una sola vez. El precio que ves es el que pagas, y el calendario es el de verdad.",
    ],
    [
      "Habla con el puerto",
      "Cada amarre tiene su anfitrión, a un mensaje de distancia, y la reserva cambia ante tus ojos cuando responde.",
    ],
  ],
} satisfies Translation<typeof en.words>;
