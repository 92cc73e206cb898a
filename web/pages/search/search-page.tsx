import { useEffect, useRef } from "preact/hooks";
import { useModule } from "../../components/use-module.ts";
import { useApp } from "../../store/app-context.ts";
import { paramsToSearch, searchToParams } from "../../store/search-query.ts";
import type { SearchQuery } from "../../store/search-query.ts";
import { useTitle } from "../use-title.ts";
import { Results } from "./results.tsx";
import { FilterBar, SearchBar } from "./search-bar.tsx";
import { words } from "./search-words.ts";
import "./search-page.css";

const loadLanding = () => import("./landing.tsx");

/** The search: its address says all of it, so that it can be shared and gone back to. */
export function SearchPage() {
  const { prefs, search: store, router } = useApp();
  const { query } = router.location.value;
  const asked = paramsToSearch(query);
  const isLanding = asked.area === null;
  // A first search begins with the boat that this device remembers.
  const remembered = prefs.value.value.boat?.vessel ?? {};
  const search = isLanding && Object.keys(asked.vessel).length === 0
    ? { ...asked, vessel: remembered }
    : asked;
  useTitle(
    asked.area?.kind === "near" ? words.near(asked.area.label) : isLanding ? "" : words.title,
  );

  const key = searchToParams(search);
  useEffect(() => {
    if (!isLanding) void store.show(search);
    // The key is the whole search in one text.
  }, [key, isLanding]);

  function change(part: Partial<SearchQuery>, isReplacing = false): void {
    router.go(`/?${searchToParams({ ...search, ...part })}`, isReplacing);
  }

  // The first search takes the place of the landing, and of whatever had the focus there.
  const wasLanding = useRef(isLanding);
  useEffect(() => {
    if (wasLanding.current && !isLanding) document.querySelector<HTMLElement>("h1")?.focus();
    wasLanding.current = isLanding;
  }, [isLanding]);
  const landing = useModule(loadLanding, isLanding);
  if (isLanding) return landing ? <landing.Landing search={search} onChange={change} /> : null;
  return (
    <div class="search-page">
      <div class="search-head">
        <SearchBar search={search} onChange={change} />
        <FilterBar search={search} onChange={change} />
      </div>
      <Results search={search} onChange={change} />
    </div>
  );
}
