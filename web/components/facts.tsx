import type { ComponentChildren } from "preact";
import "./facts.css";

/** Names with their values; what has no value is left out. */
export function Facts({ rows }: { rows: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {rows.filter(([, value]) =>
        value !== null && value !== undefined && value !== "" && value !== false
      ).map((
        [name, value],
      ) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
