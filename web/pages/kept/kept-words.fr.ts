import type * as en from "./kept-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  title: "Gardé sur cet appareil",
  intro:
    "Les côtes gardées se cherchent sans réseau : toutes les nuits, tous les bateaux, avec prix et compatibilité.",
  none: "Aucune côte gardée pour l’instant",
  noneText: "Cherchez un plan d’eau, puis choisissez « Garder cette côte » sous ses postes.",
  find: "Vers la recherche",
  asOf: (moment) => `État du ${moment}`,
  search: "Y chercher",
  renew: "Mettre à jour",
  forget: "Retirer",
  forgetSure: "Retirer cette côte de l’appareil ?",
  seen: (size) =>
    `Ce que vous avez regardé en passant occupe ${size} de plus ; le plus ancien part en premier.`,
  keep: "Garder cette côte",
  keepHint: "Pour y chercher plus tard sans réseau.",
  keeping: (done, of) => `Téléchargement : ${done} parties sur ${of}`,
  starting: "Téléchargement …",
  stop: "Arrêter",
  done: "Cette côte est gardée.",
  toKept: "Toutes les côtes gardées",
  faults: {
    "offline": "La connexion a été perdue. Ce qui est arrivé ne s’affiche qu’une fois tout arrivé.",
    "too-wide":
      "C’est trop de côte à la fois. Rapprochez la carte et gardez-la en plusieurs parties.",
    "no-room": "Cet appareil n’a plus de place, ou ne laisse rien garder aux pages.",
  },
} satisfies Translation<typeof en.words>;
