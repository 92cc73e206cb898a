import { CREDITS } from "../../../shared/credits.ts";

/** Whose data is shown, with their licences. */
export function CreditsList() {
  return (
    <ul class="stack">
      {CREDITS.map(({ name, notice, url, licence }) => (
        <li key={name}>
          <a href={url} rel="noreferrer">{name}</a> ({licence}). {notice}
        </li>
      ))}
    </ul>
  );
}
