import { parseArgs } from "node:util";
import { StartProblem } from "./start-problem.ts";

export interface Flags {
  fresh: boolean;
  port: number;
  realtimePort: number;
  webPort: number;
  dataDir: string;
  docks: number;
  help: boolean;
}

export const usage = `npm start -- [options]

  --fresh               begin anew: remove what the data folder holds
  --port N              web and API (8787)
  --realtime-port N     rooms (1999)
  --web-port N          npm run dev: the client, reloading (5173)
  --data DIR            where the embedded parts keep their data (.dokkerr)
  --docks N             how many demo docks an empty database gets (20000)
  --help                this text

Each part is embedded only where its variable is unset; see README.md.`;

/**
 * Reads the command line.
 *
 * @throws {StartProblem} with exit code 2, for what it does not know.
 */
export function parseFlags(args: string[]): Flags {
  const { values } = parse(args);
  return {
    fresh: values.fresh ?? false,
    port: readPort("port", values.port ?? "8787"),
    realtimePort: readPort("realtime-port", values["realtime-port"] ?? "1999"),
    webPort: readPort("web-port", values["web-port"] ?? "5173"),
    dataDir: readText("data", values.data ?? ".dokkerr"),
    docks: readCount("docks", values.docks ?? "20000", 10_000_000),
    help: values.help ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: false, options });
  } catch (error) {
    const { code } = error as { code?: string };
    const culprit = args.find((arg) => !known.has(arg.replace(/=.*$/, ""))) ?? args.at(-1) ?? "";
    throw problem(
      code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE"
        ? `${args.find((arg, index) => needsValue(arg, args[index + 1])) ?? culprit} needs a value`
        : `npm start has no option ${JSON.stringify(culprit)}`,
    );
  }
}

const options = {
  fresh: { type: "boolean" },
  port: { type: "string" },
  "realtime-port": { type: "string" },
  "web-port": { type: "string" },
  data: { type: "string" },
  docks: { type: "string" },
  help: { type: "boolean" },
} as const;
const known = new Set(Object.keys(options).map((name) => `--${name}`));

function needsValue(flag: string, next: string | undefined): boolean {
  const kind = options[flag.slice(2) as keyof typeof options]?.type;
  return kind === "string" && (next === undefined || next.startsWith("-"));
}

function readPort(flag: string, text: string): number {
  const port = readCount(flag, text, 65_535);
  if (port === 0) throw problem(`--${flag} must be a port from 1 to 65535`);
  return port;
}

function readCount(flag: string, text: string, most: number): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) > most) {
    throw problem(`--${flag} must be a whole number up to ${most}, but is ${JSON.stringify(text)}`);
  }
  return Number(text);
}

function readText(flag: string, text: string): string {
  if (text.trim() === "") throw problem(`--${flag} must not be empty`);
  return text;
}

function problem(reason: string): StartProblem {
  return new StartProblem(`Cannot start: ${reason}; see npm start -- --help.`, 2);
}
