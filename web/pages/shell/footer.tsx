import { useState } from "preact/hooks";
import { useModule } from "../../components/use-module.ts";
import { words } from "./shell-words.ts";

const loadCredits = () => import("./credits-list.tsx");

/** Whose data is shown, and what the chart is not for. */
export function Footer() {
  const [isOpen, setOpen] = useState(false);
  const credits = useModule(loadCredits, isOpen);
  return (
    <footer class="footer">
      <p>{words.notNavigation}</p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{words.credits}</summary>
        {credits && <credits.CreditsList />}
      </details>
    </footer>
  );
}
