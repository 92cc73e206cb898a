import type { Signal } from "@preact/signals";
import { useComputed } from "@preact/signals";
import type { SearchItem } from "../../../shared/api.ts";
import { circleToBbox } from "../../../shared/circle.ts";
import type { Bbox } from "../../../shared/geo.ts";
import { DockMap } from "../../components/dock-map.tsx";
import type { MapPin } from "../../components/dock-map.tsx";
import { useModule } from "../../components/use-module.ts";
import { boxAround } from "../../map/view-box.ts";
import { useApp } from "../../store/app-context.ts";
import type { Area } from "../../store/search-query.ts";
import { dockHref } from "../../store/search-query.ts";
import { formatLength } from "../../text/format.ts";
import { formatMoneyShort } from "../../text/short-figures.ts";
import type { ResultsProps } from "./results.tsx";
import { words } from "./search-words.ts";

const loadNews = () => import("./map-news.tsx");
/** News of the water may come later than the first filter. */
const NEWS_AFTER_MS = 2_000;

interface SearchDockMapProps extends ResultsProps {
  /** The dock that is pointed at, here or in the list. */
  lit: Signal<number | null>;
  /** The person moves the map: what it shows this moment. */
  onDrag?: ((box: Bbox) => void) | undefined;
}

/** The docks of the list, on the chart, and what happens to them meanwhile. */
export function SearchDockMap({ search, lit, onChange, onDrag }: SearchDockMapProps) {
  const { search: store, prefs, platform, router } = useApp();
  const { locale } = platform;
  const news = useModule(loadNews, true, NEWS_AFTER_MS);
  const pins = useComputed(() =>
    store.items.value.map((item): MapPin => ({
      id: item.id,
      position: item,
      label: item.price
        ? formatMoneyShort(item.price.totalMinor, item.price.currency, locale)
        : formatLength(item.maxLoaCm, prefs.value.value.unit, locale),
      title: item.name,
      verdict: item.fit?.verdict ?? null,
      isTaken: !!item.note,
    }))
  );
  const area = search.area!;
  const view = viewOf(area, store.items.value);
  return (
    <>
      <DockMap
        label={words.mapLabel}
        pins={pins.value}
        clusters={store.clusters.value}
        lit={lit.value}
        view={view}
        locale={locale}
        theme={prefs.value.value.theme}
        tileUrl={import.meta.env["VITE_TILE_URL"]}
        {...(onDrag && { onDrag })}
        onMove={(box) => onChange({ area: { kind: "box", box } }, area.kind === "box")}
        onPick={(id) => router.go(dockHref(id, search))}
        onPoint={(id) => lit.value = id}
      />
      {news && <news.MapNews search={search} view={view} />}
    </>
  );
}

/** What the map shows: its own box, or the first page of what was found around a place. */
function viewOf(area: Area, items: readonly SearchItem[]): Bbox {
  if (area.kind === "box") return area.box;
  return items.length > 0
    ? boxAround(area.centre, items.slice(0, 24))
    : circleToBbox(area.centre, area.radiusM);
}
