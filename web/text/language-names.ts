import type { Language } from "../../shared/language.ts";

/** Each language by the name that its own readers look for; no words of any one language. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
};
