interface ChoicesProps<T extends string> {
  names: Record<T, string>;
  chosen: readonly T[];
  onChange(chosen: T[]): void;
}

/** Any of some words, as chips. */
export function Choices<T extends string>({ names, chosen, onChange }: ChoicesProps<T>) {
  // Object.entries forgets that the keys are T's own.
  const entries = Object.entries(names) as [T, string][];
  return (
    <div class="chips">
      {entries.map(([name, text]) => (
        <label key={name} class="chip">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...chosen, name]
                  : chosen.filter((other) => other !== name),
              )}
          />
          {text}
        </label>
      ))}
    </div>
  );
}
