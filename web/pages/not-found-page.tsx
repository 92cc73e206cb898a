import { DockPlan } from "../components/dock-plan.tsx";
import { useTitle } from "./use-title.ts";

const words = {
  title: "No berth at this address",
  text: "The page may have moved, or the address lost a letter on its way to you.",
  home: "Search for a dock",
};

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
