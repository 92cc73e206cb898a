import { useEffect, useRef } from "preact/hooks";
import type { Dock } from "../../../shared/dock.ts";
import type { Stay } from "../../../shared/stay.ts";
import { DockCard } from "../../components/dock-card.tsx";
import { useApp } from "../../store/app-context.ts";
import type { Outcome } from "../../store/checkout.ts";
import { dockHref, EMPTY_SEARCH, searchToParams } from "../../store/search-query.ts";
import { words } from "./book-words.ts";

interface NearestDocksProps {
  dock: Dock;
  stay: Stay;
  outcome: Outcome;
}

/** The nights are gone: what else is free for them, and fits. */
export function NearestDocks({ dock, stay, outcome }: NearestDocksProps) {
  const { prefs, platform } = useApp();
  const { unit, boat } = prefs.value.value;
  const nearest = outcome.kind === "taken" ? outcome.nearest : [];
  const around = searchToParams({
    ...EMPTY_SEARCH,
    ...stay,
    vessel: boat?.vessel ?? {},
    area: { kind: "near", centre: dock.position, radiusM: 30_000, label: dock.harbour.name },
  });
  // It takes the place of a long form: whoever stood at its end would see the middle of the list.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current!.focus({ preventScroll: true });
    heading.current!.scrollIntoView({ block: "center" });
  }, []);
  return (
    <section class="stack" role="alert">
      <h2 ref={heading} tabIndex={-1}>{words.taken}</h2>
      {outcome.kind === "taken" && (
        <p class="muted">{nearest.length > 0 ? words.takenHint : words.takenNone}</p>
      )}
      <ul class="cards">
        {nearest.map((item) => (
          <li key={item.id}>
            <DockCard
              item={item}
              href={dockHref(item.id, { ...stay, vessel: boat?.vessel ?? {} })}
              unit={unit}
              locale={platform.locale}
            />
          </li>
        ))}
      </ul>
      <p>
        <a class="button" href={`/?${around}`}>{words.search}</a>
      </p>
    </section>
  );
}
