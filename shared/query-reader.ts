import { type Issue, Problem } from "./problem.ts";

/** What of `URLSearchParams` is read. */
export interface QueryParams {
  keys(): Iterable<string>;
  getAll(name: string): string[];
}

/** Reads the values of a query, strictly, and keeps an issue for each that is not as it should. */
export interface QueryReader {
  readonly issues: Issue[];
  say(path: string, message: string): void;
  /** The one value of a name; undefined where there is none. */
  text(name: string): string | undefined;
  int(name: string, min?: number, max?: number): number | undefined;
  flag(name: string): boolean | undefined;
  /** Values between commas. */
  list(name: string): string[] | undefined;
  choices<T extends string>(name: string, options: readonly T[]): T[] | undefined;
  choice<T extends string>(name: string, options: readonly T[]): T | undefined;
  /** Decimals between commas, as many as there are `parts`. */
  decimals(name: string, parts: readonly string[]): number[] | undefined;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
const INT = /^-?\d{1,15}$/;

export function createQueryReader(params: QueryParams): QueryReader {
  const issues: Issue[] = [];
  const say = (path: string, message: string) => void issues.push({ path, message });

  function text(name: string): string | undefined {
    const values = params.getAll(name);
    if (values.length > 1) say(name, "must be given once");
    const [value] = values;
    if (value === undefined) return undefined;
    if (value.trim() === "") {
      say(name, "must not be empty");
      return undefined;
    }
    return value;
  }

  function toDecimal(name: string, value: string): number | undefined {
    if (DECIMAL.test(value)) return Number(value);
    say(name, `must be a number, not “${shorten(value)}”`);
    return undefined;
  }

  function list(name: string): string[] | undefined {
    return text(name)?.split(",");
  }

  function pick<T extends string>(
    name: string,
    value: string,
    options: readonly T[],
  ): T | undefined {
    const found = options.find((option) => option === value);
    if (!found) say(name, `must be one of ${options.join(", ")}, not “${shorten(value)}”`);
    return found;
  }

  return {
    issues,
    say,
    text,
    list,
    int(name, min = -Infinity, max = Infinity) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!INT.test(value)) {
        say(name, `must be a whole number, not “${shorten(value)}”`);
        return undefined;
      }
      if (Number(value) >= min && Number(value) <= max) return Number(value);
      say(name, `must be from ${min} to ${max}, not ${value}`);
      return undefined;
    },
    flag(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      return pick(name, value, ["true", "false"]) === "true";
    },
    choice(name, options) {
      const value = text(name);
      return value === undefined ? undefined : pick(name, value, options);
    },
    choices(name, options) {
      const values = list(name);
      if (!values) return undefined;
      const chosen: (typeof options)[number][] = [];
      for (const value of values) {
        const option = pick(name, value, options);
        if (option !== undefined && !chosen.includes(option)) chosen.push(option);
      }
      return chosen;
    },
    decimals(name, parts) {
      const values = list(name);
      if (!values) return undefined;
      if (values.length !== parts.length) {
        say(name, `must be ${parts.join(",")}`);
        return undefined;
      }
      const numbers: number[] = [];
      for (const value of values) {
        const number = toDecimal(name, value);
        if (number !== undefined) numbers.push(number);
      }
      return numbers.length === parts.length ? numbers : undefined;
    },
  };
}

/** Says of each name that a route does not know that it does not. */
export function refuseUnknown(
  reader: QueryReader,
  params: QueryParams,
  known: readonly string[],
): void {
  for (const name of new Set(params.keys())) {
    if (!known.includes(name)) reader.say(shorten(name), "is not a parameter here");
  }
}

/** Throws the problem of a query's issues, if it has any; `what` is the action of its sentence. */
export function throwIssues(what: string, issues: readonly Issue[]): void {
  const [first] = issues;
  if (!first) return;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  throw new Problem("invalid", `${what}: ${first.path} ${first.message}${more}`, { issues });
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
