import type * as z from "zod/mini";
import type { DockPatch } from "../../shared/dock.ts";
import { formToDock } from "./host-form.ts";
import type { DockForm } from "./host-form.ts";
import { isSame } from "./merge-forms.ts";

/** What a save sends: only what the person changed; null clears what may be missing. */
export function changesToPatch(base: DockForm, form: DockForm): z.input<typeof DockPatch> {
  const before: Record<string, unknown> = formToDock(base);
  const after: Record<string, unknown> = formToDock(form);
  const patch: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!isSame(before[name], after[name])) patch[name] = after[name] ?? null;
  }
  // Names and values are formToDock's, which are a dock's own.
  return patch as z.input<typeof DockPatch>;
}
