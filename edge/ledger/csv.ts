/** A cell of a table that people open: text, or a number as it stands. */
export type Cell = string | { number: string };

/** What a spreadsheet takes for the beginning of a formula, also in full width. */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;

/**
 * One record of RFC 4180, its CRLF with it. Text that would be a formula gets an apostrophe before it
 * (OWASP, CSV injection): a dock's name is written by a stranger.
 */
export function csvRecord(cells: readonly Cell[]): string {
  return cells.map((cell) => typeof cell === "string" ? textCell(cell) : cell.number).join(",") +
    "\r\n";
}

function textCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  // Some countries' spreadsheets part cells by semicolons.
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
