import { type Language, LANGUAGE_COOKIE } from "../../shared/language.ts";

const YEAR_SECONDS = 31_536_000;

/** Keeps a language for this browser, and loads the page again in its words. */
export function chooseLanguage(
  language: Language,
  { document, location }: Pick<Window, "document" | "location">,
): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie =
    `${LANGUAGE_COOKIE}=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
  location.reload();
}
