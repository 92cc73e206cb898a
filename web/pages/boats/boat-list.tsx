import type { Boat } from "../../../shared/boat.ts";
import { BoatDrawing } from "../../components/boat-drawing.tsx";
import { CheckIcon } from "../../components/icons.tsx";
import { useApp } from "../../store/app-context.ts";
import type { Boats } from "../../store/boats.ts";
import { BoatCard } from "./boat-card.tsx";
import { words } from "./boats-words.ts";

interface BoatListProps {
  boats: Boats;
  items: readonly Boat[];
  /** What has just happened. */
  news: string;
  onNews: (news: string) => void;
}

/** One's boats, or how to begin. */
export function BoatList({ boats, items, news, onNews }: BoatListProps) {
  if (items.length === 0) return <NoBoats />;
  return (
    <div class="stack">
      <div class="row between">
        <h1>{words.title}</h1>
        <a class="button primary" href="/boats?new">{words.add}</a>
      </div>
      <p class="muted">{words.intro}</p>
      {news && (
        <p class="notice">
          <CheckIcon />
          {news}
        </p>
      )}
      <ul class="boat-grid">
        {items.map((boat) => (
          <li key={boat.id}>
            <BoatCard
              boat={boat}
              boats={boats}
              onRemoved={() => onNews(words.removed(boat.name))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function NoBoats() {
  const { prefs, platform } = useApp();
  return (
    <div class="stack boats-none">
      <h1>{words.none}</h1>
      <p class="muted">{words.noneText}</p>
      <div class="boat-picture">
        <BoatDrawing boat={{}} unit={prefs.value.value.unit} locale={platform.locale} isDecor />
      </div>
      <p>
        <a class="button primary" href="/boats?new">{words.addFirst}</a>
      </p>
    </div>
  );
}
