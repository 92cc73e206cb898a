import { useState } from "preact/hooks";
import type { Place } from "../../../shared/api.ts";
import { todayIn } from "../../../shared/stay.ts";
import { FilterIcon, InstantIcon } from "../../components/icons.tsx";
import { PlaceBox } from "../../components/place-box.tsx";
import { Popover } from "../../components/popover.tsx";
import { useModule } from "../../components/use-module.ts";
import { useApp } from "../../store/app-context.ts";
import { lookUpPlaces, middleOf } from "../../store/places.ts";
import type { SearchQuery } from "../../store/search-query.ts";
import { BoatPicker } from "./boat-picker.tsx";
import { words } from "./search-words.ts";
import { StayPicker } from "./stay-picker.tsx";

interface SearchBarProps {
  search: SearchQuery;
  onChange(change: Partial<SearchQuery>): void;
}

/** Place, nights and boat: the three questions of every search. */
export function SearchBar({ search, onChange }: SearchBarProps) {
  const { http, prefs, platform } = useApp();
  const { area } = search;

  function pick(place: Place): void {
    prefs.remember(place);
    onChange({
      area: {
        kind: "near",
        centre: { lat: place.lat, lon: place.lon },
        radiusM: place.radiusM,
        label: place.name,
      },
    });
  }

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div class="search-bar" role="search">
      <div class="search-part">
        <PlaceBox
          label={words.place}
          placeholder={words.placeHint}
          value={area?.kind === "near" ? area.label : area ? words.mapArea : ""}
          recent={prefs.value.value.recent}
          find={(text, signal) => lookUpPlaces(http, text, middleOf(area), signal)}
          onPick={pick}
        />
      </div>
      <StayPicker
        from={search.from}
        to={search.to}
        today={todayIn(zone, platform.now())}
        locale={platform.locale}
        onChange={(from, to) => onChange({ from, to })}
      />
      <BoatPicker
        vessel={search.vessel}
        triggerClass="search-part"
        onChange={(vessel) => onChange({ vessel })}
      />
    </div>
  );
}

const loadFilters = () => import("../../components/filter-form.tsx");
const NO_FILTERS = { kinds: [], amenities: [], instant: false, maxPrice: null } as const;

/** What docks must have, and the order of the list. */
export function FilterBar({ search, onChange }: SearchBarProps) {
  const { prefs } = useApp();
  const [isWanted, setWanted] = useState(false);
  const form = useModule(loadFilters, isWanted);
  const count = search.kinds.length + search.amenities.length +
    Number(search.maxPrice !== null) + Number(search.instant);
  const currency = search.currency || prefs.value.value.currency;
  return (
    <div class="filter-bar">
      <Popover
        label={words.filters}
        triggerClass="chip"
        width={560}
        onOpen={() => setWanted(true)}
        trigger={
          <>
            <FilterIcon size={18} />
            {count > 0 ? words.filtersSet(count) : words.filters}
          </>
        }
      >
        {(close) =>
          form
            ? (
              <form.FilterForm
                filters={{ ...search, currency }}
                hasStay={search.from !== ""}
                onChange={(change) => {
                  if (change.currency) prefs.set({ currency: change.currency });
                  onChange({ currency, ...change });
                }}
                onClear={() => onChange(NO_FILTERS)}
                onDone={close}
              />
            )
            : <div class="skeleton" style={{ height: "420px" }} />}
      </Popover>
      <button
        type="button"
        class="chip"
        aria-pressed={search.instant}
        onClick={() => onChange({ instant: !search.instant })}
      >
        <InstantIcon size={16} /> {words.instant}
      </button>
      <label class="sort">
        <span class="sr-only">{words.sort}</span>
        <select
          value={search.sort ?? ""}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange({ sort: (value || null) as SearchQuery["sort"] });
          }}
        >
          <option value="">{defaultSort(search)}</option>
          {(["distance", "price", "rating"] as const)
            .filter((sort) => words.sorts[sort] !== defaultSort(search))
            .filter((sort) => sort !== "price" || search.from)
            .map((sort) => <option key={sort} value={sort}>{words.sorts[sort]}</option>)}
        </select>
      </label>
    </div>
  );
}

function defaultSort({ area, from }: SearchQuery): string {
  if (area?.kind === "near") return words.sorts.distance;
  return from ? words.sorts.price : words.sorts.rating;
}
