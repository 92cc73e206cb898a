import type * as en from "./signed-in-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  title: "Inicia sesión primero",
  signIn: "Iniciar sesión",
  signUp: "Crear una cuenta",
} satisfies Translation<typeof en.words>;
