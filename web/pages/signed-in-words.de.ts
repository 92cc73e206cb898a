import type * as en from "./signed-in-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  title: "Bitte zuerst anmelden",
  signIn: "Anmelden",
  signUp: "Konto anlegen",
} satisfies Translation<typeof en.words>;
