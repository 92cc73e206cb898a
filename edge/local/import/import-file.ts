import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type pg from "pg";
import { StartProblem } from "../start-problem.ts";
import { BrokenFile, FaultReport } from "./faults.ts";
import { HarbourBook } from "./harbours.ts";
import type { Line } from "./line.ts";
import { findHost } from "./people.ts";
import { readCsv } from "./read-csv.ts";
import { readGeojson } from "./read-geojson.ts";
import { DockStage } from "./stage-docks.ts";
import { writeDocks } from "./write-docks.ts";

export type ImportFormat = "geojson" | "csv";

export interface ImportOptions {
  /** A session of its own, and direct: what is imported waits in its temporary tables. */
  client: pg.Client;
  path: string;
  format: ImportFormat;
  /** Of the account whose docks they will be. */
  email: string;
  /** Of docks that name none themselves. */
  harbourId?: number | undefined;
  /** Write the good docks where others are bad; else all or nothing. */
  partial: boolean;
  publish: boolean;
  /** Check everything and write nothing. */
  dryRun: boolean;
  log: (line: string) => void;
  /** How far the file is read, a share of 1, and how many docks that is. */
  onProgress: (share: number, docks: number) => void;
  /** Every fault, one a line. */
  onFault: (text: string) => void;
}

export interface Imported {
  /** Docks in the file, good and bad. */
  read: number;
  written: number;
  /** New harbours. */
  harbours: number;
  report: FaultReport;
}

/** How many docks are checked and sent to the database at a time. */
const BATCH = 5_000;

/**
 * Imports the docks of a file for a host: every line is checked by the rules of a dock that its
 * host creates, then all are written in one transaction. Where a line is bad nothing is written,
 * unless `partial`; where the file itself is broken, never.
 *
 * @throws {StartProblem} no such host or harbour, or the file cannot be opened.
 */
export async function importFile(options: ImportOptions): Promise<Imported> {
  const { client, harbourId, partial, dryRun, publish, log } = options;
  const { size } = await stat(options.path).catch((error: Error) => {
    throw new StartProblem(`Cannot import: ${error.message}.`, 2);
  });
  const host = await findHost(client, options.email);
  if (!host) throw new StartProblem(`Cannot import: no account has ${options.email}.`);
  const harbours = new HarbourBook(client, host);
  if (harbourId !== undefined && !(await harbours.byId(harbourId))) {
    throw new StartProblem(`Cannot import: there is no harbour ${harbourId}.`);
  }
  const stage = new DockStage({ client, host, harbours, defaultHarbour: harbourId });
  const report = new FaultReport(options.onFault);
  let read = 0;
  let isBroken = false;

  /** Nothing will be written any more: the rest is only checked. */
  const isLost = () => dryRun || isBroken || (report.faults > 0 && !partial);

  async function take(lines: readonly Line[]): Promise<void> {
    const good = [];
    for (const line of lines) {
      const checked = await stage.check(line);
      if ("issues" in checked) report.add({ line: line.line, issues: checked.issues });
      else good.push(checked);
    }
    if (!isLost()) await stage.add(good);
  }

  let batch: Line[] = [];
  try {
    // The end is told when its last docks are read, too.
    const tell = (share: number) => void (share < 1 && options.onProgress(share, read));
    for await (const line of readLines(options, tell)) {
      read++;
      batch.push(line);
      if (batch.length < BATCH) continue;
      await take(batch);
      batch = [];
    }
    await take(batch);
    if (read === 0) throw new BrokenFile(1, "the file has no docks");
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    isBroken = true;
    await take(batch);
    report.add({ line: error.line, issues: [{ path: "", message: error.message }] });
  }
  options.onProgress(1, read);
  const written = isLost() ? 0 : stage.staged.ids.length;
  if (written > 0) {
    await writeDocks({ client, host, staged: stage.staged, harbours, publish, log });
  }
  return { read, written, harbours: written > 0 ? harbours.made : 0, report };

  function readLines({ path, format }: ImportOptions, onRead: (share: number) => void) {
    const chunks = readChunks(path, size, onRead);
    return format === "csv" ? readCsv(chunks) : readGeojson(chunks);
  }
}

async function* readChunks(
  path: string,
  size: number,
  onRead: (share: number) => void,
): AsyncGenerator<string> {
  const stream = createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 18 });
  for await (const chunk of stream as AsyncIterable<string>) {
    yield chunk;
    onRead(Math.min(1, stream.bytesRead / Math.max(1, size)));
  }
}
