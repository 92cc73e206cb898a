import type * as en from "./menu-words.ts";
import type { Translation } from "../../text/words.ts";

export const menuWords = {
  signUp: "Crear una cuenta",
  signOut: "Cerrar sesión",
  boats: "Mis barcos",
  theme: "Apariencia",
  themes: { auto: "Automática", light: "Clara", dark: "Oscura", sunlight: "A pleno sol" },
  language: "Idioma",
  unit: "Longitudes",
  units: { m: "Metros", ft: "Pies" },
} satisfies Translation<typeof en.menuWords>;
