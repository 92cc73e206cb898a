import { useState } from "preact/hooks";
import { useModule } from "../../components/use-module.ts";
import { words } from "./shell-words.ts";

const loadCredits = () => import("../../../shared/credits.ts");

/** Whose data is shown, and what the chart is not for. */
export function Footer() {
  const [isOpen, setOpen] = useState(false);
  const credits = useModule(loadCredits, isOpen);
  return (
    <footer class="footer">
      <p>{words.notNavigation}</p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{words.credits}</summary>
        <ul class="stack">
          {credits?.CREDITS.map(({ name, notice, url, licence }) => (
            <li key={name}>
              <a href={url} rel="noreferrer">{name}</a> ({licence}). {notice}
            </li>
          ))}
        </ul>
      </details>
    </footer>
  );
}
