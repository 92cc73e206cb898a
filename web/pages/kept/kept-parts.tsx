import type { Bbox } from "../../../shared/geo.ts";
import { KeptNote } from "../../components/kept-note.tsx";
import { useApp } from "../../store/app-context.ts";
import type { Platform } from "../../store/app.ts";
import { type KeptSearch, watchKept } from "../../store/kept-search.ts";
import type { Area, SearchQuery } from "../../store/search-query.ts";
import type { SearchStore } from "../../store/search.ts";
import { KeepCoast } from "./keep-coast.tsx";

const watched = new WeakMap<SearchStore, KeptSearch>();

/** Shows what this device knows while a map is dragged over water that is searched as a box. */
export function glance(
  store: SearchStore,
  platform: Platform,
  search: SearchQuery,
  box: Bbox,
): void {
  // Around a place, the list decides what the map shows, not the map the list.
  if (search.area?.kind !== "box") return;
  void watch(store, platform).glance({ ...search, area: { kind: "box", box } });
}

function watch(store: SearchStore, platform: Platform): KeptSearch {
  let known = watched.get(store);
  if (!known) watched.set(store, known = watchKept(store, platform.fetch));
  return known;
}

/** How old the list is where this device made it, and the way to keep its water. */
export function KeptParts({ area }: { area: Area }) {
  const { search: store, platform } = useApp();
  watch(store, platform);
  const kept = store.kept.value;
  const isLast = store.status.value === "ready";
  return (
    <>
      {kept && (
        <div class={isLast ? "" : "kept-soon"}>
          <KeptNote {...kept} nowMs={platform.now()} locale={platform.locale} />
        </div>
      )}
      <KeepCoast area={area} />
    </>
  );
}
