// `npm run import`: docks of a GeoJSON or CSV file into a database; see `--help`.
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import pg from "pg";
import { directUrl } from "../migrations/migrate.ts";
import { importFile } from "./import/import-file.ts";
import { type ImportFlags, parseImportFlags, usage } from "./import/import-flags.ts";
import { createProgress } from "./import/progress.ts";
import { runningDatabase } from "./import/running-database.ts";
import { reasonOf, StartProblem } from "./start-problem.ts";

try {
  const flags = parseImportFlags(process.argv.slice(2));
  if (flags) process.exitCode = await run(flags);
  else console.log(usage);
} catch (error) {
  if (!(error instanceof StartProblem || error instanceof pg.DatabaseError)) throw error;
  console.error(error instanceof StartProblem ? error.message : `Cannot import: ${error.message}.`);
  process.exitCode = error instanceof StartProblem ? error.exitCode : 1;
}

async function run(flags: ImportFlags): Promise<number> {
  const startMs = performance.now();
  const databaseUrl = flags.dataDir === undefined && process.env.DATABASE_URL
    ? directUrl(process.env.DATABASE_URL)
    : await runningDatabase(flags.dataDir ?? ".dokkerr");
  const progress = createProgress({
    isTty: process.stderr.isTTY ?? false,
    write: (text) => void process.stderr.write(text),
    now: () => performance.now(),
  });
  const all = flags.reportPath === undefined ? undefined : createWriteStream(flags.reportPath);
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: "dokkerr import",
  });
  // Whatever is asked of a connection that has ended fails by itself.
  client.on("error", () => {});
  await client.connect().catch((error: unknown) => {
    throw new StartProblem(`Cannot import: the database does not answer (${reasonOf(error)}).`);
  });
  try {
    const { read, written, harbours, report } = await importFile({
      ...flags,
      client,
      log: (line) => progress.say(line),
      onProgress: (share, docks) => progress.update(share, docks),
      onFault: (text) => void all?.write(`${text}\n`),
    });
    progress.end();
    for (const line of report.toLines()) console.error(line);
    const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
    const count = (value: number) => value.toLocaleString("en");
    console.log(
      `${count(read)} docks read, ${count(report.lines)} bad; ${count(written)} written` +
        `${flags.publish && written > 0 ? " and published" : ""}, ${
          count(harbours)
        } new harbours, ` +
        `in ${seconds} s${flags.dryRun ? " (dry run)" : ""}`,
    );
    return report.faults > 0 ? 1 : 0;
  } finally {
    progress.end();
    all?.end();
    if (all) await finished(all);
    await client.end();
  }
}
