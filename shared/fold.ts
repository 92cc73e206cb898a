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
  "ŧ": "t",
  "ŋ": "n",
  "ə": "e",
  // A word that goes on as one types must not change its last letter.
  "ς": "σ",
};
const IS_PLAIN = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

/** Letters that people without them also type as two. */
const PAIRS: Record<string, string> = { "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa" };
const IS_PAIR = new RegExp(`[${Object.keys(PAIRS).join("")}]`, "g");

/** What stands for an apostrophe: of these, Unicode calls some letters. */
const APOSTROPHES = "'’‘`´′ʹʻʼʽʾʿˈ";
const HAS_APOSTROPHE = new RegExp(`[${APOSTROPHES}]`);
const IS_APOSTROPHE = new RegExp(`[${APOSTROPHES}]`, "g");
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

// oxlint-disable-next-line no-control-regex -- the range of ASCII
const IS_ASCII = /^[\x00-\x7f]*$/;

/** Scripts that put no space between words: any letter may begin one. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A name as it is compared: no diacritics, no case, words with single spaces between them. */
export function plainText(name: string): string {
  const lower = name.toLowerCase();
  if (IS_ASCII.test(lower)) return lower.replace(/[^a-z0-9]+/g, " ").trim();
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
  return letter
    .normalize("NFKD")
    .toLowerCase()
    .replace(IS_APOSTROPHE, " ")
    .replace(/\p{M}+/gu, "")
    .replace(IS_PLAIN, (plain) => PLAIN[plain]!)
    .replace(/[^\p{L}\p{N}]+/gu, " ");
}

/**
 * The plain texts that a name is typed as: "Vava'u" in two words and in one, "Grömitz" as "gromitz"
 * and "groemitz", "St. Malo" with its saint short and long. Empty for a name without letters.
 */
export function spellingsOf(name: string): string[] {
  const plain = plainText(name);
  if (plain === "") return [];
  const spellings = [plain];
  if (!IS_ASCII.test(name)) {
    const paired = name.normalize("NFC").toLowerCase().replace(IS_PAIR, (letter) => PAIRS[letter]!);
    spellings.push(plainText(paired));
  }
  if (HAS_APOSTROPHE.test(name)) {
    spellings.push(plainText(name.replace(IS_APOSTROPHE_INSIDE, "")));
  }
  if (!HAS_ABBREVIATION.test(plain)) return [...new Set(spellings)];
  const withWords = (table: Record<string, string>) =>
    spellings.map((text) => text.split(" ").map((word) => table[word] ?? word).join(" "));
  return [...new Set([...spellings, ...withWords(SHORT_BY_LONG), ...withWords(LONG_BY_SHORT)])];
}

/**
 * All words of a name in all its spellings, a space before each: what `wordBeginnings` are looked
 * for in. Of "A12" the number is one too.
 */
export function wordsText(name: string): string {
  const words = new Set(spellingsOf(name).flatMap((spelling) => spelling.split(" ")));
  for (const word of words) {
    const [, number] = /^\D+(\d.*)$/.exec(word) ?? [];
    if (number !== undefined) words.add(number);
  }
  let text = "";
  for (const word of words) text += ` ${word}`;
  return text;
}

/** What a `wordsText` holds where the name has, for each word of a text, one that begins with it. */
export function wordBeginnings(text: string): string[] {
  const words = plainText(text).split(" ").filter((word) => word !== "");
  return words.map((word) => UNSPACED.test(word) ? word : ` ${word}`);
}
