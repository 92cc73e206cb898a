/** Sentences about single values, by the API's path (`rate.minor`). */
export type Faults = Readonly<Record<string, string>>;

/** The faults that remain when the values at some paths have been changed. */
export function withoutPaths(faults: Faults, paths: readonly string[]): Faults {
  const isTouched = (fault: string) =>
    paths.some((path) => fault === path || fault.startsWith(`${path}.`));
  const kept = Object.entries(faults).filter(([path]) => !isTouched(path));
  return kept.length === Object.keys(faults).length ? faults : Object.fromEntries(kept);
}

/** Faults under another name: a harbour's as `harbour.name`. */
export function prefixed(faults: Faults, prefix: string): Faults {
  return Object.fromEntries(
    Object.entries(faults).map(([path, message]) => [`${prefix}.${path}`, message]),
  );
}
