import { useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { DockCard, DockCardSkeleton } from "../../components/dock-card.tsx";
import { ListIcon, MapIcon } from "../../components/icons.tsx";
import { useModule } from "../../components/use-module.ts";
import { useApp } from "../../store/app-context.ts";
import type { SearchQuery } from "../../store/search-query.ts";
import { dockHref } from "../../store/search-query.ts";
import { words } from "./search-words.ts";

export interface ResultsProps {
  search: SearchQuery;
  onChange(change: Partial<SearchQuery>, isReplacing?: boolean): void;
}

const loadMap = () => import("./search-dock-map.tsx");
const loadKept = () => import("../kept/kept-parts.tsx");
/** The table of all failures is too long for the first load. */
const loadFailures = () => import("../../text/failures.ts");
const loadNothing = () => import("./nothing-found.tsx");
const WIDE = "(min-width: 960px)";

/** The list and the map beside it; on a phone the one or the other. */
export function Results({ search, onChange }: ResultsProps) {
  const { search: store, prefs, platform } = useApp();
  const lit = useSignal<number | null>(null);
  const [isMapShown, setMapShown] = useState(false);
  const [isWide, setWide] = useState(() => matchMedia(WIDE).matches);
  const { unit } = prefs.value.value;
  const { locale } = platform;
  const status = store.status.value;
  // The map's script waits until the list is there.
  const hasAnswered = status !== "idle" && status !== "waiting";
  const map = useModule(loadMap, (isWide || isMapShown) && hasAnswered);

  // Where there is no worker yet, nothing of it is loaded before the list.
  const kept = useModule(loadKept, hasAnswered && platform.hasWorker());

  useEffect(() => {
    const media = matchMedia(WIDE);
    const changed = () => setWide(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, []);

  const area = search.area!;
  const heading = area.kind === "near" && area.label ? words.near(area.label) : words.inMap;
  return (
    <div class={isMapShown ? "results show-map" : "results"}>
      <section class="results-list" aria-label={heading} aria-busy={status === "renewing"}>
        <div class="results-head">
          <h1 tabIndex={-1}>{heading}</h1>
          <p role="status" class="muted">
            {hasAnswered && status !== "failed"
              ? words.count(store.total.value, locale)
              : words.searching}
          </p>
        </div>
        {kept && <kept.KeptParts area={area} />}
        <ResultsBody search={search} onChange={onChange} lit={lit} unit={unit} />
      </section>
      <div class="results-map">
        {map
          ? (
            <map.SearchDockMap
              search={search}
              onChange={onChange}
              lit={lit}
              onDrag={kept && ((box) => kept.glance(store, platform, search, box))}
            />
          )
          : <div class="map-waiting" />}
      </div>
      <button
        type="button"
        class="button primary map-toggle"
        aria-pressed={isMapShown}
        onClick={() => setMapShown(!isMapShown)}
      >
        {isMapShown ? <ListIcon /> : <MapIcon />}
        {isMapShown ? words.list : words.map}
      </button>
    </div>
  );
}

interface BodyProps extends ResultsProps {
  lit: { value: number | null };
  unit: "m" | "ft";
}

function ResultsBody({ search, onChange, lit, unit }: BodyProps) {
  const { search: store, platform } = useApp();
  const { locale } = platform;
  const status = store.status.value;
  const items = store.items.value;
  const nothing = useModule(loadNothing, status === "ready" && items.length === 0);
  const failures = useModule(loadFailures, status === "failed");
  if (status === "idle" || status === "waiting") {
    return (
      <div class="cards">{Array.from({ length: 6 }, (_, i) => <DockCardSkeleton key={i} />)}</div>
    );
  }
  if (status === "failed") {
    return (
      <div class="empty">
        <h2>{words.failed}</h2>
        <p>{failures ? failures.failureWords(store.error.value) : words.failedHint}</p>
        <button type="button" class="button" onClick={() => void store.retry()}>
          {words.again}
        </button>
      </div>
    );
  }
  if (items.length === 0) {
    return nothing ? <nothing.NothingFound search={search} onChange={onChange} /> : null;
  }
  return (
    <>
      {store.clusters.value.length > 0 && (
        <p class="notice">{words.clustered(items.length, locale)}</p>
      )}
      <ul class="cards">
        {items.map((item) => (
          <li key={item.id}>
            {item.note && <p class="taken-mark">{item.note}</p>}
            <DockCard
              item={item}
              href={dockHref(item.id, search)}
              unit={unit}
              locale={locale}
              isLit={lit.value === item.id}
              onPoint={(id) => lit.value = id}
            />
          </li>
        ))}
      </ul>
      {store.hasMore.value && (
        <button
          type="button"
          class="button wide"
          disabled={store.isReadingMore.value}
          onClick={() => void store.more()}
        >
          {store.isReadingMore.value ? words.reading : words.more}
        </button>
      )}
    </>
  );
}
