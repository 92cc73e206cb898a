import type * as en from "./account-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  signIn: "Anmelden",
  signUp: "Konto anlegen",
  signInText: "Deine Boote, Aufenthalte und Gespräche warten.",
  signUpText:
    "Ein Konto, um Liegeplätze zu buchen, mit Gastgebern zu sprechen und selbst einen Platz zu vermieten.",
  name: "Dein Name",
  nameHint: "Wie Gastgeber und Gäste dich nennen",
  email: "E-Mail",
  password: "Passwort",
  newPasswordHint:
    "Mindestens 8 Zeichen. Am besten ein paar Wörter, die nur für dich zusammengehören.",
  show: "Zeigen",
  hide: "Verbergen",
  showPassword: "Passwort zeigen",
  signInSubmit: "Anmelden",
  signInBusy: "Anmeldung läuft …",
  signUpSubmit: "Konto anlegen",
  signUpBusy: "Wird angelegt …",
  isNew: "Neu hier?",
  isKnown: "Schon einmal hier gewesen?",
  wrong:
    "Adresse und Passwort gehören nicht zusammen. Bitte beides prüfen: Groß- und Kleinschreibung zählt beim Passwort.",
  signInInstead: "Damit anmelden",
  aside: "Ein Liegeplatz, der passt",
  asideText:
    "Beschreib dein Boot einmal. Jede Suche kennt dann Länge, Breite, Tiefgang und Masthöhe.",
} satisfies Translation<typeof en.words>;

export const faultWords = {
  name: {
    "missing": "Bitte sag, wie du heißt.",
    "too-long": "Höchstens 80 Zeichen.",
    "refused": "Dieser Name geht leider nicht.",
  },
  email: {
    "missing": "Bitte gib deine E-Mail-Adresse ein.",
    "malformed": "Das ist keine E-Mail-Adresse. Sie sieht aus wie anna@example.org.",
    "taken": "Mit dieser Adresse gibt es schon ein Konto.",
  },
  password: {
    "missing": "Bitte gib dein Passwort ein.",
    "too-short": "Ein paar mehr: Ein Passwort hat mindestens 8 Zeichen.",
    "too-long": "Höchstens 128 Zeichen.",
    "refused": "Dieses Passwort geht leider nicht.",
  },
} satisfies Translation<typeof en.faultWords>;
