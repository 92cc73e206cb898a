/** The languages that the client is written in; the first one is for whoever reads none of them. */
export const LANGUAGES = ["en", "de", "fr", "es"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The cookie by which a person's choice outweighs what their browser asks for. */
export const LANGUAGE_COOKIE = "lang";

/**
 * The language to answer in: the one that was chosen (a `Cookie` header), else the best that
 * `Accept-Language` (RFC 9110 §12.5.4) takes, else the first.
 */
export function pickLanguage(cookie: string, accept: string): Language {
  const chosen = new RegExp(`(?:^|;)\\s*${LANGUAGE_COOKIE}=([a-z]+)\\s*(?:;|$)`).exec(cookie)?.[1];
  return asLanguage(chosen) ?? preferred(accept) ?? LANGUAGES[0];
}

function preferred(accept: string): Language | undefined {
  let best: { language: Language; weight: number } | undefined;
  for (const range of accept.toLowerCase().split(",")) {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
    const language = asLanguage(tag.split("-")[0]);
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    if (language && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language;
}

function asLanguage(text: string | undefined): Language | undefined {
  return LANGUAGES.find((language) => language === text);
}
