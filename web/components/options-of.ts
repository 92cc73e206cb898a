/** Names with their texts, as the options of a field. */
export function optionsOf<T extends string>(
  texts: Readonly<Record<T, string>>,
): readonly (readonly [T, string])[] {
  // Object.entries forgets that the keys are T's own.
  return Object.entries(texts) as [T, string][];
}
