import type * as en from "./account-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  signIn: "Se connecter",
  signUp: "Créer un compte",
  signInText: "Vos bateaux, séjours et conversations vous attendent.",
  signUpText:
    "Un seul compte pour réserver des postes, parler aux hôtes et louer votre propre place.",
  name: "Votre nom",
  nameHint: "Celui que voient hôtes et visiteurs",
  email: "E-mail",
  password: "Mot de passe",
  newPasswordHint:
    "Au moins 8 caractères. Le mieux : quelques mots qui ne vont ensemble que pour vous.",
  show: "Afficher",
  hide: "Masquer",
  showPassword: "Afficher le mot de passe",
  signInSubmit: "Se connecter",
  signInBusy: "Connexion …",
  signUpSubmit: "Créer le compte",
  signUpBusy: "Création …",
  isNew: "Nouveau ici ?",
  isKnown: "Déjà venu ?",
  wrong:
    "L’adresse et le mot de passe ne vont pas ensemble. Vérifiez les deux : les majuscules comptent.",
  signInInstead: "Se connecter avec",
  aside: "Un poste à votre mesure",
  asideText:
    "Décrivez votre bateau une fois. Chaque recherche connaît ensuite longueur, largeur, tirant d’eau et mât.",
} satisfies Translation<typeof en.words>;

export const faultWords = {
  name: {
    "missing": "Dites comment vous vous appelez.",
    "too-long": "80 caractères au plus.",
    "refused": "Ce nom ne peut pas être utilisé.",
  },
  email: {
    "missing": "Indiquez votre adresse e-mail.",
    "malformed": "Ce n’est pas une adresse e-mail. Elle ressemble à anne@example.org.",
    "taken": "Il y a déjà un compte avec cette adresse.",
  },
  password: {
    "missing": "Indiquez votre mot de passe.",
    "too-short": "Encore un peu : un mot de passe a au moins 8 caractères.",
    "too-long": "128 caractères au plus.",
    "refused": "Ce mot de passe ne peut pas être utilisé.",
  },
} satisfies Translation<typeof en.faultWords>;
