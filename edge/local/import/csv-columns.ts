import type * as z from "zod/mini";
import type { Issue } from "../../../shared/problem.ts";
import { LineDock } from "./parse-dock.ts";

type Kind = "text" | "number" | "boolean" | "json";

/** Puts the cells of a row together to a value; what is wrong with a cell goes to `issues`. */
export type RowReader = (cells: readonly string[], issues: Issue[]) => Record<string, unknown>;

// The part of zod's own description of a schema (`_zod.def`, a public API of zod 4) read here.
interface Definition {
  type: string;
  shape?: Record<string, z.ZodMiniType>;
  innerType?: z.ZodMiniType;
}

/**
 * Reads a header: names of a dock's values, those inside others with dots (`rate.minor`). A column
 * that holds an object or a list is JSON. An empty cell is a value that is not there.
 */
export function readHeader(names: readonly string[]): RowReader | { issues: Issue[] } {
  const columns = names.map((name) => ({ path: name.split("."), kind: kindOf(LineDock, name) }));
  const issues: Issue[] = [];
  for (const [i, name] of names.entries()) {
    const message = columns[i]!.kind === undefined
      ? "is no column of a dock"
      : names.indexOf(name) < i
      ? "is there twice"
      : names.some((other) => name.startsWith(`${other}.`))
      ? "is told by another column already"
      : undefined;
    if (message !== undefined) issues.push({ path: JSON.stringify(name), message });
  }
  if (issues.length > 0) return { issues };
  return (cells, faults) => {
    const value: Record<string, unknown> = {};
    for (const [i, cell] of cells.entries()) {
      const { path, kind } = columns[i]!;
      if (cell === "") continue;
      const read = readCell(cell, kind!);
      if (read === undefined) faults.push({ path: names[i]!, message: "is not JSON" });
      else put(value, path, read);
    }
    return value;
  };
}

function kindOf(schema: z.ZodMiniType, name: string): Kind | undefined {
  let known: z.ZodMiniType | undefined = schema;
  for (const step of name.split(".")) {
    const { shape }: Definition = definitionOf(known);
    known = shape && Object.hasOwn(shape, step) ? shape[step] : undefined;
    if (!known) return undefined;
  }
  const { type } = definitionOf(known);
  if (type === "object" || type === "array") return "json";
  return type === "number" || type === "boolean" ? type : "text";
}

/** A schema's definition below what makes it optional. */
function definitionOf(schema: z.ZodMiniType): Definition {
  const definition: Definition = schema._zod.def;
  return definition.innerType ? definitionOf(definition.innerType) : definition;
}

/** A cell's value; what is no number or boolean stays text, for the schema to say so. */
function readCell(cell: string, kind: Kind): unknown {
  if (kind === "number") return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
  if (kind === "boolean") return cell === "true" ? true : cell === "false" ? false : cell;
  if (kind === "text") return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return undefined;
  }
}

function put(record: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let inner = record;
  for (const step of path.slice(0, -1)) {
    inner = (inner[step] ??= {}) as Record<string, unknown>;
  }
  inner[path.at(-1)!] = value;
}
