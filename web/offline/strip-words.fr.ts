import type * as en from "./strip-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  label: "Connexion et version",
  offline: "Pas de connexion.",
  kept: (moment) => `Vous voyez ce que cet appareil a gardé, état du ${moment}.`,
  nothing: "Ce que vous aviez déjà ouvert est encore là.",
  booking: "Réserver demande une connexion : votre saisie est gardée d’ici là.",
  slow: (moment) =>
    `La connexion est faible. Vous voyez ce que cet appareil a gardé, état du ${moment}.`,
  coasts: "Côtes gardées",
  hide: "Masquer",
  newer: "Une version plus récente de Dokkerr est prête.",
  load: "La charger",
  typed: "Vous avez écrit ici quelque chose qui n’est pas envoyé. Charger quand même ?",
  loadAnyway: "Charger quand même",
  later: "Plus tard",
} satisfies Translation<typeof en.words>;
