import { DockPlan } from "../../components/dock-plan.tsx";
import { words } from "./host-words.ts";

/** The desk of who has no dock yet: the way to the first one. */
export function FirstDock({ hasBegun }: { hasBegun: boolean }) {
  return (
    <div class="page host-first">
      <div class="host-first-art">
        <DockPlan id={77} kind="stern_to" depthCm={340} />
      </div>
      <div class="stack">
        <h1>{words.firstTitle}</h1>
        <p class="muted">{words.firstText}</p>
        <div class="row">
          <a class="button primary" href="/host/docks/new">
            {hasBegun ? words.goOn : words.firstButton}
          </a>
        </div>
      </div>
      <ol class="host-first-steps">
        {words.firstSteps.map(([title, text]) => (
          <li key={title}>
            <h2>{title}</h2>
            <p class="muted">{text}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
