import type * as en from "./menu-words.ts";
import type { Translation } from "../../text/words.ts";

export const menuWords = {
  signUp: "Créer un compte",
  signOut: "Se déconnecter",
  boats: "Mes bateaux",
  theme: "Apparence",
  themes: { auto: "Automatique", light: "Clair", dark: "Sombre", sunlight: "Plein soleil" },
  language: "Langue",
  unit: "Longueurs",
  units: { m: "Mètres", ft: "Pieds" },
} satisfies Translation<typeof en.menuWords>;
