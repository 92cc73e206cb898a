import type * as en from "./shell-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  skip: "Aller au contenu",
  home: "Dokkerr : accueil",
  main: "Menu principal",
  search: "Recherche",
  stays: "Séjours",
  messages: "Messages",
  host: "Accueillir",
  menu: "Compte et réglages",
  signIn: "Se connecter",
  credits: "Données et sources",
  notNavigation: "La carte montre où sont les postes. Elle ne sert pas à naviguer.",
  broken: "Cette page est tombée en panne",
  brokenText: "C’était notre faute, et rien de ce que vous avez saisi ailleurs n’est perdu.",
  reload: "Recharger",
  outOfDate: "Dokkerr a une version plus récente, ou la connexion est coupée.",
} satisfies Translation<typeof en.words>;
