import * as z from "zod/mini";
import { NewDock, NewHarbour } from "../../../shared/dock.ts";
import { Position } from "../../../shared/geo.ts";
import { DockId } from "../../../shared/ids.ts";
import { type Issue, Problem } from "../../../shared/problem.ts";
import { parseValue } from "../../http/validate.ts";

/** A harbour as a line describes it: it is made once, for whichever lines say the same of it. */
export const LineHarbour = z.object({
  ...z.pick(NewHarbour, { name: true, place: true, country: true, timeZone: true })._zod.def.shape,
  ...Position._zod.def.shape,
});
export type LineHarbour = z.infer<typeof LineHarbour>;

/** A dock as a line describes it, with its harbour by id, by description, or not at all. */
export const LineDock = z.extend(z.omit(NewDock, { harbourId: true }), {
  harbourId: z.optional(DockId),
  harbour: z.optional(LineHarbour),
});
export type LineDock = z.infer<typeof LineDock>;

/** A line's value by the schema, or what is wrong with it. */
export function parseDock(value: unknown): { dock: LineDock } | { issues: readonly Issue[] } {
  try {
    const dock = parseValue(LineDock, value, "Cannot import dock");
    if (dock.harbour && dock.harbourId !== undefined) {
      return { issues: [{ path: "harbour", message: "goes with no harbourId" }] };
    }
    const path = findUnstorable(dock, "");
    if (path === undefined) return { dock };
    return { issues: [{ path, message: "has a character that no text can keep" }] };
  } catch (error) {
    return { issues: issuesOf(error) };
  }
}

/** The issues of an `invalid`; anything else is thrown on. */
export function issuesOf(error: unknown): readonly Issue[] {
  if (!(error instanceof Problem) || error.code !== "invalid") throw error;
  return z.parse(z.array(z.object({ path: z.string(), message: z.string() })), error.extra.issues);
}

/** The path of a text that Postgres refuses: one with U+0000 or half of a surrogate pair. */
function findUnstorable(value: unknown, path: string): string | undefined {
  if (typeof value === "string") {
    return value.includes("\0") || !value.isWellFormed() ? path : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnstorable(inner, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
