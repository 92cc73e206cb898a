import type { ResultsProps } from "./results.tsx";
import { words } from "./nothing-found-words.ts";

/** An empty list, and the ways out of it. */
export function NothingFound({ search, onChange }: ResultsProps) {
  const { area } = search;
  const hasFilters = search.kinds.length + search.amenities.length > 0 || search.instant ||
    search.maxPrice !== null;
  return (
    <div class="empty">
      <h2>{words.none}</h2>
      <p>{words.noneHint}</p>
      <div class="row">
        {area?.kind === "near" && area.radiusM < 400_000 && (
          <button
            type="button"
            class="button"
            onClick={() => onChange({ area: { ...area, radiusM: area.radiusM * 3 } })}
          >
            {words.wider}
          </button>
        )}
        {hasFilters && (
          <button
            type="button"
            class="button"
            onClick={() => onChange({ kinds: [], amenities: [], instant: false, maxPrice: null })}
          >
            {words.dropFilters}
          </button>
        )}
      </div>
    </div>
  );
}
