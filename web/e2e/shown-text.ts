import type { Page } from "playwright-core";

/** Names of products and sources, of units and currencies: the same in all languages. */
const SIGNS = /\b(Dokkerr|Natural Earth|ft|km|NM|kg|kB|MB|[A-Z]{3})\b/g;
const LOCALE = "en-GB";

/** What a page shows and says: its texts, and those attributes that are read out. */
export function shownTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: parent, textContent } = walker.currentNode;
      // What names its own language (the names of languages, say) is not ours to translate.
      if (!parent || parent.closest("script, style, noscript, [lang]:not(html)")) continue;
      texts.push(textContent ?? "");
    }
    for (const name of ["aria-label", "placeholder", "title", "alt"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (!element.closest("[lang]:not(html)")) texts.push(element.getAttribute(name)!);
      }
    }
    return [...texts, document.title].map((text) => text.trim()).filter((text) => text !== "");
  });
}

/**
 * Texts of a page in the pseudo-language that have letters outside of its brackets which come from
 * nowhere: neither from the API (`data`) nor from Intl's dates. They are words that no translator
 * would have found.
 */
export function forgottenWords(texts: readonly string[], data: ReadonlySet<string>): string[] {
  const known = [...data].filter((text) => /\p{L}{2}/u.test(text))
    .sort((a, b) => b.length - a.length);
  return [...new Set(texts)].filter((text) => {
    let rest = text;
    for (let before = ""; before !== rest;) {
      before = rest;
      rest = rest.replaceAll(/⟦[^⟦⟧]*⟧/g, " ");
    }
    for (const name of known) rest = rest.replaceAll(name, " ");
    rest = rest.replaceAll(calendarNames, " ").replaceAll(SIGNS, " ");
    return /\p{L}{2}/u.test(rest);
  });
}

/** All strings in a JSON value, also as pages show them. */
export function stringsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === "string") found.add(value).add(value.replaceAll("_", " "));
  else if (value && typeof value === "object") {
    for (const inner of Object.values(value)) stringsIn(inner, found);
  }
  return found;
}

const calendarNames = new RegExp(
  (["long", "short"] as const).flatMap((style) => [
    ...Array.from({ length: 12 }, (_, month) => format({ month: style }, month * 31 + 14)),
    ...Array.from({ length: 7 }, (_, day) => format({ weekday: style }, day)),
  ]).map((name) => `\\b${name}\\b`).join("|"),
  "g",
);

function format(options: Intl.DateTimeFormatOptions, day: number): string {
  return new Intl.DateTimeFormat(LOCALE, { timeZone: "UTC", ...options }).format(day * 86_400_000);
}
