import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

const CHUNK_CHARACTERS = 1 << 17;

export type CopyValue = string | number | boolean | null | undefined;

/** A row in COPY's text format, with its line end. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = "";
  for (let i = 0; i < values.length; i++) {
    if (i > 0) line += "\t";
    const value = values[i];
    if (value === null || value === undefined) line += "\\N";
    else if (typeof value === "string") line += escapeText(value);
    else if (typeof value === "boolean") line += value ? "t" : "f";
    else line += value;
  }
  return line + "\n";
}

function escapeText(text: string): string {
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text.replace(
    /[\\\t\n\r]/g,
    (character) =>
      character === "\\" ? "\\\\" : character === "\t" ? "\\t" : character === "\n" ? "\\n" : "\\r",
  );
}

/** Sends lines made by copyLine into a table. */
export async function copyRows(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  lines: Iterable<string>,
  settings = "",
): Promise<void> {
  const target = client.query(
    copyFrom(`COPY ${table} (${columns.join(", ")}) FROM STDIN ${settings}`),
  );
  await pipeline(Readable.from(chunksOf(lines)), target);
}

/**
 * The same into a table that this transaction has emptied: nobody sees the rows before the commit,
 * so they need no visit after it.
 */
export function copyFrozenRows(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  lines: Iterable<string>,
): Promise<void> {
  return copyRows(client, table, columns, lines, "WITH (FREEZE)");
}

function* chunksOf(lines: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
