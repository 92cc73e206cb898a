import { DockPlan } from "../components/dock-plan.tsx";
import { useTitle } from "./use-title.ts";
import { words } from "./not-found-page-words.ts";

export default function NotFoundPage() {
  useTitle(words.title);
  return (
    <div class="page narrow stack">
      <div style={{ height: "220px", borderRadius: "10px", overflow: "hidden" }}>
        <DockPlan id={404} kind="mooring" isWide />
      </div>
      <h1>{words.title}</h1>
      <p class="muted">{words.text}</p>
      <p>
        <a class="button primary" href="/">{words.home}</a>
      </p>
    </div>
  );
}
