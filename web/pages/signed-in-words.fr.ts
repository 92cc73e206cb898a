import type * as en from "./signed-in-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  title: "Connectez-vous d’abord",
  signIn: "Se connecter",
  signUp: "Créer un compte",
} satisfies Translation<typeof en.words>;
