import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import type { Issue } from "../../../shared/problem.ts";
import { readHeader, type RowReader } from "./csv-columns.ts";
import { BrokenFile } from "./faults.ts";
import type { Line } from "./line.ts";

/**
 * The docks of a CSV file (RFC 4180, commas) whose first line names the columns; see readHeader.
 *
 * @throws {BrokenFile} a header that is not understood, or quotes that do not match.
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  // Quotes may hold line ends: where each record begins is known only while they are parsed.
  let next = 1;
  const begins: number[] = [];
  const parser = parse({
    bom: true,
    // Rows of another length are told by their line, like any other fault.
    relax_column_count: true,
    record_delimiter: ["\r\n", "\n"],
    max_record_size: 1_000_000,
    on_record(record, { lines }) {
      begins.push(next);
      next = lines + 1;
      return record;
    },
  });
  const fed = pipeline(Readable.from(chunks), parser);
  // Whoever reads the parser hears of a failure.
  fed.catch(() => {});
  let read: RowReader | undefined;
  let width = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const line = begins.shift()!;
      if (!read) {
        const header = readHeader(record.map((name) => name.trim()));
        if (typeof header !== "function") throw new BrokenFile(line, listFaults(header.issues));
        read = header;
        width = record.length;
      } else if (record.length === width) {
        const issues: Issue[] = [];
        const value = read(record, issues);
        yield issues.length > 0 ? { line, issues } : { line, value };
      } else if (record.length > 1 || record[0] !== "") {
        const message = `has ${record.length} values, but the header names ${width}`;
        yield { line, issues: [{ path: "", message }] };
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BrokenFile(next, `the file is not CSV from here on: ${error.message}`);
  }
  if (!read) throw new BrokenFile(1, "the file is empty");
}

function listFaults(issues: readonly Issue[]): string {
  return issues.map(({ path, message }) => `${path} ${message}`).join("; ");
}
