import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Bbox } from "../../../shared/geo.ts";
import { CloseIcon } from "../../components/icons.tsx";
import { useApp } from "../../store/app-context.ts";
import { nearestFree } from "../../store/nearest-free.ts";
import type { SearchQuery } from "../../store/search-query.ts";
import { dockHref } from "../../store/search-query.ts";
import { createWaterNews } from "../../store/water-news.ts";
import { formatDistance, formatMoney } from "../../text/format.ts";
import { words } from "./map-news-words.ts";
import "./map-news.css";

interface MapNewsProps {
  search: SearchQuery;
  /** The water that the map shows. */
  view: Bbox;
}

/** What happens in the water on the map while one looks at it; marks what is gone in the list. */
export function MapNews({ search, view }: MapNewsProps) {
  const { http, search: store, platform, prefs } = useApp();
  const { locale } = platform;
  const nights = useRef(search);
  nights.current = search;
  const news = useMemo(
    () =>
      createWaterNews({
        http,
        nights: () => {
          const { from, to } = nights.current;
          return from && to ? { from, to } : undefined;
        },
      }),
    [http],
  );
  useEffect(() => news.close, [news]);
  const { west, south, east, north } = view;
  const items = store.items.value;
  const [closedAt, setClosedAt] = useState({ taken: 0, stale: 0 });
  const isAnswered = store.status.value === "ready";
  useEffect(() => {
    if (!isAnswered) return;
    setClosedAt({ taken: 0, stale: news.stale.peek() });
    void news.look({ west, south, east, north });
  }, [news, isAnswered, west, south, east, north, search.from, search.to]);

  const gone = news.taken.value;
  useEffect(() => {
    if (items.every(({ id, note }) => gone.has(id) === !!note)) return;
    store.items.value = items.map(({ note: _, ...item }) =>
      gone.has(item.id) ? { ...item, note: words.gone } : item
    );
  }, [gone, items, store]);

  const shown = [...gone.keys()].flatMap((id) => items.find((item) => item.id === id) ?? []);
  const last = shown.at(-1);
  const isFreed = news.stale.value > closedAt.stale;
  const close = () => setClosedAt({ taken: shown.length, stale: news.stale.value });
  const isTold = last !== undefined && shown.length > closedAt.taken;
  const next = isTold ? nearestFree(items, last, (id) => gone.has(id)) : undefined;
  return (
    <div class="map-news" role="status">
      {(isTold || isFreed) && (
        <div class="map-news-box">
          <div>
            {isTold && (
              <p>
                <b>{words.taken(last.name)}</b>
              </p>
            )}
            {isTold && (next
              ? (
                <p>
                  {next.item.fit ? words.nearest : words.nearestAny}{" "}
                  <a href={dockHref(next.item.id, search)}>{next.item.name}</a>
                  <span class="num">
                    {" · "}
                    {words.away(formatDistance(next.awayM, prefs.value.value.unit, locale))}
                    {next.item.price && (
                      <>
                        {" · "}
                        {formatMoney(next.item.price.totalMinor, next.item.price.currency, locale)}
                      </>
                    )}
                  </span>
                </p>
              )
              : <p>{words.none}</p>)}
            {isFreed && (
              <p>
                {words.freed}{" "}
                <button type="button" class="link-button" onClick={() => void store.retry()}>
                  {words.look}
                </button>
              </p>
            )}
          </div>
          <button type="button" class="icon-button" aria-label={words.close} onClick={close}>
            <CloseIcon />
          </button>
        </div>
      )}
    </div>
  );
}
