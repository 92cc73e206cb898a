import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { SearchItem } from "../../../shared/api.ts";
import { circleToBbox } from "../../../shared/geo.ts";
import type { Bbox } from "../../../shared/geo.ts";
import { DockCard, DockCardSkeleton } from "../../components/dock-card.tsx";
import type { MapPin } from "../../components/dock-map.tsx";
import { ListIcon, MapIcon } from "../../components/icons.tsx";
import { useModule } from "../../components/use-module.ts";
import { boxAround } from "../../map/view-box.ts";
import { useApp } from "../../store/app-context.ts";
import type { Area, SearchQuery } from "../../store/search-query.ts";
import { dockHref } from "../../store/search-query.ts";
import { formatLength, formatMoneyShort } from "../../text/format.ts";
import { words } from "./search-words.ts";

export interface ResultsProps {
  search: SearchQuery;
  onChange(change: Partial<SearchQuery>, isReplacing?: boolean): void;
}

const loadMap = () => import("../../components/dock-map.tsx");
const loadKept = () => import("../kept/kept-parts.tsx");
/** The table of all failures is too long for the first load. */
const loadFailures = () => import("../../text/failures.ts");
const loadNothing = () => import("./nothing-found.tsx");
const WIDE = "(min-width: 960px)";

/** The list and the map beside it; on a phone the one or the other. */
export function Results({ search, onChange }: ResultsProps) {
  const { search: store, prefs, platform, router } = useApp();
  const lit = useSignal<number | null>(null);
  const [isMapShown, setMapShown] = useState(false);
  const [isWide, setWide] = useState(() => matchMedia(WIDE).matches);
  const { unit, theme } = prefs.value.value;
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

  const pins = useComputed(() =>
    store.items.value.map((item): MapPin => ({
      id: item.id,
      position: item,
      label: item.price
        ? formatMoneyShort(item.price.totalMinor, item.price.currency, locale)
        : formatLength(item.maxLoaCm, prefs.value.value.unit, locale),
      title: item.name,
      verdict: item.fit?.verdict ?? null,
    }))
  );

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
            <map.DockMap
              label={words.mapLabel}
              pins={pins.value}
              clusters={store.clusters.value}
              lit={lit.value}
              view={viewOf(area, store.items.value)}
              locale={locale}
              theme={theme}
              tileUrl={import.meta.env["VITE_TILE_URL"]}
              onDrag={(box) => kept?.glance(store, platform, search, box)}
              onMove={(box) => onChange({ area: { kind: "box", box } }, area.kind === "box")}
              onPick={(id) => router.go(dockHref(id, search))}
              onPoint={(id) => lit.value = id}
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

/** What the map shows: its own box, or the first page of what was found around a place. */
function viewOf(area: Area, items: readonly SearchItem[]): Bbox {
  if (area.kind === "box") return area.box;
  return items.length > 0
    ? boxAround(area.centre, items.slice(0, 24))
    : circleToBbox(area.centre, area.radiusM);
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
