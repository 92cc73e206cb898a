/** A form brought onto a newer state of its record. */
export interface Merged<Form> {
  form: Form;
  /** What somebody else changed, and the person had not touched: it is taken over. */
  taken: readonly (keyof Form)[];
  /** What both changed: the person's value stays in the form. */
  disputed: readonly (keyof Form)[];
}

/** Keeps everything that was typed, and takes over what only the other one changed. */
export function mergeForms<Form extends object>(
  base: Form,
  mine: Form,
  theirs: Form,
): Merged<Form> {
  const form = { ...theirs };
  const taken: (keyof Form)[] = [];
  const disputed: (keyof Form)[] = [];
  // A form's fields are all there, also the empty ones.
  for (const name of Object.keys(base) as (keyof Form)[]) {
    const isTheirs = !isSame(base[name], theirs[name]);
    if (isSame(base[name], mine[name])) {
      if (isTheirs) taken.push(name);
      continue;
    }
    form[name] = mine[name];
    if (isTheirs && !isSame(mine[name], theirs[name])) disputed.push(name);
  }
  return { form, taken, disputed };
}

/** Whether two values of a form say the same; they are plain JSON. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
