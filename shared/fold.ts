// Letters that Unicode does not take apart into a letter and a mark, as people type them.
const LETTERS: Record<string, string> = {
  æ: "ae",
  ð: "d",
  đ: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  ø: "o",
  œ: "oe",
  ß: "ss",
  þ: "th",
};

/**
 * A text as it is compared: lower case, without diacritics. "Tórshavn" and "torshavn" are one,
 * and so are "Ærø" and "aero".
 */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  // Most names are plain letters, which are already folded.
  if (/^[ -~]*$/.test(lower)) return lower;
  return lower.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll(
    /[æðđħıłøœßþ]/g,
    (letter) => LETTERS[letter] ?? letter,
  );
}

/** The words of a text as they are compared. */
export function foldWords(text: string): string[] {
  return foldText(text).split(/\s+/).filter((word) => word !== "");
}
