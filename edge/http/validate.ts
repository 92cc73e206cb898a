import * as z from "zod/mini";
import { type Issue, Problem } from "../../shared/problem.ts";

// Mini schemas carry no words of their own.
const words = z.locales.en().localeError;

/**
 * A value by its schema. Keys that the schema does not know are refused by name: a misspelt
 * optional value would else be lost without a word.
 *
 * @throws {Problem} `invalid` with an issue for each fault; `what` is the action of its sentence.
 */
export function parseValue<T extends z.ZodMiniType>(
  schema: T,
  value: unknown,
  what: string,
): z.output<T> {
  const unknown = unknownKeys(schema, value, []);
  const result = z.safeParse(schema, value, { error: words });
  if (result.success && unknown.length === 0) return result.data;
  const faults = result.success ? [] : result.error.issues.map((issue): Issue => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  throw invalid(what, [...faults, ...unknown]);
}

/** The problem of values that are not valid, with its sentence made of the first one. */
export function invalid(what: string, issues: readonly Issue[]): Problem {
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  const reason = first ? `${first.path ? `${first.path} ` : ""}${lowerFirst(first.message)}` : "";
  return new Problem("invalid", `${what}: ${reason}${more}`, { issues });
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

// The parts of zod's own description of a schema (`_zod.def`, a public API of zod 4 for libraries)
// that this walk reads.
interface Definition {
  type: string;
  shape?: Record<string, z.ZodMiniType>;
  catchall?: z.ZodMiniType;
  element?: z.ZodMiniType;
  innerType?: z.ZodMiniType;
}

function unknownKeys(schema: z.ZodMiniType, value: unknown, path: string[]): Issue[] {
  const definition: Definition = schema._zod.def;
  if (definition.innerType) return unknownKeys(definition.innerType, value, path);
  if (definition.element && Array.isArray(value)) {
    const element = definition.element;
    return value.flatMap((item, i) => unknownKeys(element, item, [...path, String(i)]));
  }
  const shape = definition.shape;
  if (!shape || definition.catchall || !isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]): Issue[] => {
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (known) return unknownKeys(known, inner, [...path, key]);
    return [{ path: [...path, key].join("."), message: "Unknown value" }];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
