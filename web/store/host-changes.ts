import type * as z from "zod/mini";
import type { DockPatch } from "../../shared/dock.ts";
import { formToDock } from "./host-form.ts";
import type { DockForm } from "./host-form.ts";

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

/** A form brought onto a newer state of its dock. */
export interface Merged {
  form: DockForm;
  /** What somebody else changed, and the person had not touched: it is taken over. */
  taken: readonly (keyof DockForm)[];
  /** What both changed: the person's value stays in the form. */
  disputed: readonly (keyof DockForm)[];
}

/** Keeps everything that was typed, and takes over what only the other one changed. */
export function mergeForms(base: DockForm, mine: DockForm, theirs: DockForm): Merged {
  const form: Record<string, unknown> = { ...theirs };
  const taken: (keyof DockForm)[] = [];
  const disputed: (keyof DockForm)[] = [];
  for (const name of Object.keys(base) as (keyof DockForm)[]) {
    const isTheirs = !isSame(base[name], theirs[name]);
    if (isSame(base[name], mine[name])) {
      if (isTheirs) taken.push(name);
      continue;
    }
    form[name] = mine[name];
    if (isTheirs && !isSame(mine[name], theirs[name])) disputed.push(name);
  }
  return { form: form as unknown as DockForm, taken, disputed };
}

/** Whether two values of a form or a dock say the same; they are plain JSON. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
