import type { Amenity, DockKind } from "../../shared/dock.ts";
import { amenityWords } from "../text/amenity-words.ts";
import { kindWords } from "../text/dock-words.ts";
import { Choices } from "./choices.tsx";
import { words } from "./filter-form-words.ts";

export interface Filters {
  kinds: readonly DockKind[];
  amenities: readonly Amenity[];
  instant: boolean;
  maxPrice: number | null;
  currency: string;
}

interface FilterFormProps {
  filters: Filters;
  /** A highest price means something only for nights. */
  hasStay: boolean;
  onChange(change: Partial<Filters>): void;
  onClear(): void;
  onDone(): void;
}

const CURRENCIES = ["EUR", "USD", "GBP", "AUD", "NZD", "CAD", "NOK", "SEK", "DKK", "CHF", "JPY"];

/** What docks must have; every change counts at once. */
export function FilterForm({ filters, hasStay, onChange, onClear, onDone }: FilterFormProps) {
  const currencies = CURRENCIES.includes(filters.currency)
    ? CURRENCIES
    : [filters.currency, ...CURRENCIES];
  return (
    <form
      class="stack filter-form"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      <label class="check">
        <input
          type="checkbox"
          checked={filters.instant}
          onChange={(event) => onChange({ instant: event.currentTarget.checked })}
        />
        <span>
          <b>{words.instant}</b>
          <br />
          <span class="muted small">{words.instantHint}</span>
        </span>
      </label>
      <fieldset>
        <legend class="legend">{words.kind}</legend>
        <Choices
          names={kindWords}
          chosen={filters.kinds}
          onChange={(kinds) => onChange({ kinds })}
        />
      </fieldset>
      <fieldset>
        <legend class="legend">{words.amenities}</legend>
        <Choices
          names={amenityWords}
          chosen={filters.amenities}
          onChange={(amenities) => onChange({ amenities })}
        />
      </fieldset>
      <div class="price-fields">
        <div class="field">
          <label for="filter-price">{words.price}</label>
          <input
            id="filter-price"
            type="number"
            min="1"
            step="any"
            inputMode="decimal"
            disabled={!hasStay}
            value={filters.maxPrice ?? ""}
            aria-describedby={hasStay ? undefined : "filter-price-hint"}
            onChange={(event) => {
              const value = Number(event.currentTarget.value);
              onChange({ maxPrice: value > 0 ? value : null });
            }}
          />
          {!hasStay && <span id="filter-price-hint" class="hint">{words.priceHint}</span>}
        </div>
        <div class="field">
          <label for="filter-currency">{words.currency}</label>
          <select
            id="filter-currency"
            disabled={!hasStay}
            value={filters.currency}
            onChange={(event) => onChange({ currency: event.currentTarget.value })}
          >
            {currencies.map((code) => <option key={code}>{code}</option>)}
          </select>
        </div>
      </div>
      <div class="row between filter-foot">
        <button type="button" class="button quiet" onClick={onClear}>{words.clear}</button>
        <button type="submit" class="button primary">{words.done}</button>
      </div>
    </form>
  );
}
