import type * as en from "./menu-words.ts";
import type { Translation } from "../../text/words.ts";

export const menuWords = {
  signUp: "Konto anlegen",
  signOut: "Abmelden",
  boats: "Meine Boote",
  theme: "Darstellung",
  themes: { auto: "Automatisch", light: "Hell", dark: "Dunkel", sunlight: "Sonne" },
  language: "Sprache",
  unit: "Längen",
  units: { m: "Meter", ft: "Fuß" },
} satisfies Translation<typeof en.menuWords>;
