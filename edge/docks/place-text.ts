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
};

/** A name as it is compared: no diacritics, no case, words with single spaces between them. */
export function plainText(name: string): string {
  // Most names and queries are ASCII: spare them the two passes over Unicode's tables.
  const lower = name.toLowerCase();
  // oxlint-disable-next-line no-control-regex -- the range of ASCII
  if (/^[\x00-\x7f]*$/.test(lower)) return lower.replace(/[^a-z0-9]+/g, " ").trim();
  return lower
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[ßøæœđðþłıħ]/g, (letter) => PLAIN[letter]!)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A plain name, and where it begins with a saint, the short form too. */
export function withShortSaint(plain: string): string[] {
  return /^sainte? /.test(plain) ? [plain, plain.replace("saint", "st")] : [plain];
}

/** The texts that a name is found by: the name from each of its words on. */
export function keysOf(plain: string): string[] {
  const keys = [plain];
  for (let at = plain.indexOf(" "); at >= 0; at = plain.indexOf(" ", at + 1)) {
    // One letter alone finds too much and helps nobody.
    if (plain.length - at > 2) keys.push(plain.slice(at + 1));
  }
  return keys;
}
