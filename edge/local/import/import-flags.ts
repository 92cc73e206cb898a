import { parseArgs } from "node:util";
import { reasonOf, StartProblem } from "../start-problem.ts";
import type { ImportFormat } from "./import-file.ts";

export interface ImportFlags {
  path: string;
  email: string;
  format: ImportFormat;
  harbourId: number | undefined;
  partial: boolean;
  publish: boolean;
  dryRun: boolean;
  reportPath: string | undefined;
  dataDir: string | undefined;
}

export const usage = `npm run import -- FILE --host EMAIL [options]

  FILE              .geojson or .json: a FeatureCollection of Points; .csv: a header and rows
  --host EMAIL      the account whose docks they will be
  --harbour ID      the harbour of docks that name none
  --format F        geojson or csv, where the file's name does not say
  --publish         let them be found and booked at once; else they are drafts
  --partial         write the good docks where others are bad (exit code 1); else all or none
  --dry-run         check everything, write nothing
  --report FILE     every fault, one a line; shown are the first 50
  --data DIR        into the running database of npm start -- --data DIR
  --help            this text

The database is that of --data, else of DATABASE_URL (a direct address or Neon's), else the running
one of npm start in .dokkerr.

Properties and columns are named as a dock's values in the API: kind, name, maxLoaCm, rate, …; in
CSV with dots (position.lat, position.lon, rate.currency, rate.minor), or as JSON (outlets,
amenities, rate). An empty cell and a null property are values that are not there. The harbour is
harbourId, one of the host's own, or harbour.name, harbour.place, harbour.country,
harbour.timeZone, harbour.lat and harbour.lon (in GeoJSON an object harbour), which makes it once.
Importing a file twice makes its docks twice. A file that cannot be read to its end writes nothing.`;

const options = {
  host: { type: "string" },
  harbour: { type: "string" },
  format: { type: "string" },
  publish: { type: "boolean" },
  partial: { type: "boolean" },
  "dry-run": { type: "boolean" },
  report: { type: "string" },
  data: { type: "string" },
  help: { type: "boolean" },
} as const;

/**
 * Reads the command line; undefined where it asks for help.
 *
 * @throws {StartProblem} with exit code 2, for what it does not know.
 */
export function parseImportFlags(args: string[]): ImportFlags | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw problem("name one FILE");
  if (!values.host) throw problem("--host must name the account whose docks they will be");
  if (values.harbour !== undefined && !/^[1-9]\d{0,9}$/.test(values.harbour)) {
    throw problem(`--harbour must be a harbour's number, not ${JSON.stringify(values.harbour)}`);
  }
  return {
    path,
    email: values.host,
    format: formatOf(values.format ?? path.slice(path.lastIndexOf(".") + 1).toLowerCase()),
    harbourId: values.harbour === undefined ? undefined : Number(values.harbour),
    partial: values.partial ?? false,
    publish: values.publish ?? false,
    dryRun: values["dry-run"] ?? false,
    reportPath: values.report,
    dataDir: values.data,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw problem(reasonOf(error));
  }
}

function formatOf(word: string): ImportFormat {
  if (word === "geojson" || word === "json") return "geojson";
  if (word === "csv") return "csv";
  throw problem("--format must be geojson or csv");
}

function problem(reason: string): StartProblem {
  return new StartProblem(`Cannot import: ${reason}; see npm run import -- --help.`, 2);
}
