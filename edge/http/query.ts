import * as z from "zod/mini";
import { type Issue, Problem } from "../../shared/problem.ts";
import { invalid, parseValue } from "./validate.ts";

/** Refuses query parameters that an endpoint does not know, or that are given twice. */
export function checkQuery(
  query: URLSearchParams,
  known: Readonly<Record<string, string>> = {},
): void {
  const issues: Issue[] = [];
  for (const name of new Set(query.keys())) {
    if (!Object.hasOwn(known, name)) issues.push({ path: name, message: "Unknown parameter" });
    else if (query.getAll(name).length > 1) issues.push({ path: name, message: "Given twice" });
  }
  if (issues.length > 0) throw invalid("Cannot read the query", issues);
}

/** Query parameters by a schema of strings; empty ones count as absent. */
export function parseQuery<T extends z.ZodMiniType>(query: URLSearchParams, schema: T) {
  const given = Object.fromEntries([...query].filter(([, value]) => value !== ""));
  return parseValue(schema, given, "Cannot read the query");
}

const WholeNumber = z.string().check(
  z.regex(/^\d{1,9}$/, { error: "must be a whole number" }),
);

/** The part of a list that a query asks for: `limit` of at most `max`, and where to go on. */
export function pageQuery(
  query: URLSearchParams,
  max = 100,
  usual = 20,
): { limit: number; cursor: string | undefined } {
  const text = query.get("limit");
  if (text === null || text === "") {
    return { limit: usual, cursor: query.get("cursor") ?? undefined };
  }
  const limit = z.safeParse(WholeNumber, text).success ? Number(text) : 0;
  if (limit < 1 || limit > max) {
    throw invalid("Cannot read the query", [
      { path: "limit", message: `Must be a whole number from 1 to ${max}` },
    ]);
  }
  return { limit, cursor: query.get("cursor") ?? undefined };
}

/** `limit` and `cursor` as `queryDoc` names them. */
export const PAGE_QUERY = {
  limit: "how many items, from 1 to 100",
  cursor: "nextCursor of the page before",
};

/** A number of a path, like a dock's id; what is none names nothing. */
export function idParam(params: Readonly<Record<string, string>>, name: string): number {
  const text = params[name] ?? "";
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
  if (id < 1 || id > 0xffff_ffff) throw nothingAt(name, text);
  return id;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID of a path, in lower case; what is none names nothing. */
export function uuidParam(params: Readonly<Record<string, string>>, name: string): string {
  const text = (params[name] ?? "").toLowerCase();
  if (!UUID.test(text)) throw nothingAt(name, text);
  return text;
}

function nothingAt(name: string, text: string): Problem {
  return new Problem("not-found", `Cannot find it: ${name} ${JSON.stringify(text)} names nothing`);
}
