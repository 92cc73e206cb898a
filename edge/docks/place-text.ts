/** Letters that Unicode does not take apart, as people without them on the keyboard type them. */
const PLAIN: Record<string, string> = {
  "ß": "ss",
  "ø": "o",
  "æ": "ae",
  "œ": "oe",
  "đ": "d",
  "ð": "d",
  "þ": "th",
  "ł": "l",
  "ı": "i",
  "ħ": "h",
  "ə": "e",
  // A word that goes on as one types must not change its last letter.
  "ς": "σ",
};

/** What stands for an apostrophe: of these, Unicode calls some letters. */
const APOSTROPHES = "'’‘`´′ʹʻʼʽʾʿˈ";
const HAS_APOSTROPHE = new RegExp(`[${APOSTROPHES}]`);
const IS_APOSTROPHE_INSIDE = new RegExp(`(?<=\\p{L})[${APOSTROPHES}](?=\\p{L})`, "gu");

/** Words that maps and people write short. */
const SHORT_BY_LONG: Record<string, string> = {
  saint: "st",
  sainte: "ste",
  mount: "mt",
  fort: "ft",
};
const LONG_BY_SHORT = Object.fromEntries(
  Object.entries(SHORT_BY_LONG).map(([long, short]) => [short, long]),
);
const HAS_ABBREVIATION = /\b(?:sainte?|ste?|mount|mt|fort|ft)\b/;

/** A name as it is compared: no diacritics, no case, words with single spaces between them. */
export function plainText(name: string): string {
  const lower = name.toLowerCase();
  // oxlint-disable-next-line no-control-regex -- the range of ASCII
  if (/^[\x00-\x7f]*$/.test(lower)) return lower.replace(/[^a-z0-9]+/g, " ").trim();
  let plain = "";
  for (const letter of lower) {
    let known = plainLetters.get(letter);
    if (known === undefined) plainLetters.set(letter, known = plainLetter(letter));
    plain += known;
  }
  return plain.replace(/ {2,}/g, " ").trim();
}

/** Letters as they are compared: three passes over Unicode's tables once for each, not each name. */
const plainLetters = new Map<string, string>();

function plainLetter(letter: string): string {
  if (APOSTROPHES.includes(letter)) return " ";
  return letter
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[ßøæœđðþłıħəς]/g, (plain) => PLAIN[plain]!)
    .replace(/[^\p{L}\p{N}]+/gu, " ");
}

/**
 * The plain texts that a name is typed as: "Vava'u" in two words and in one, "St. Malo" with its
 * saint short and long. Empty for a name without letters.
 */
export function spellingsOf(name: string): string[] {
  const plain = plainText(name);
  if (plain === "") return [];
  const spellings = [plain];
  if (HAS_APOSTROPHE.test(name)) {
    spellings.push(plainText(name.replace(IS_APOSTROPHE_INSIDE, "")));
  }
  if (!HAS_ABBREVIATION.test(plain)) return [...new Set(spellings)];
  const withWords = (table: Record<string, string>) =>
    spellings.map((text) => text.split(" ").map((word) => table[word] ?? word).join(" "));
  return [...new Set([...spellings, ...withWords(SHORT_BY_LONG), ...withWords(LONG_BY_SHORT)])];
}

/** Where the texts begin that a plain name is found by: the name from each of its words on. */
export function wordStarts(plain: string): number[] {
  const starts = [0];
  for (let at = plain.indexOf(" "); at >= 0; at = plain.indexOf(" ", at + 1)) {
    // One letter alone finds too much and helps nobody.
    if (plain.length - at > 2) starts.push(at + 1);
  }
  return starts;
}
