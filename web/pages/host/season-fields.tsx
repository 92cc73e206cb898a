import { TextField } from "../../components/form-fields.tsx";
import { CloseIcon } from "../../components/icons.tsx";
import type { Faults } from "../../store/host-faults.ts";
import type { SeasonForm } from "../../store/host-form.ts";
import { formWords as words } from "./form-words.ts";
import { MonthDayField } from "./month-day-field.tsx";

interface SeasonFieldsProps {
  seasons: readonly SeasonForm[];
  currency: string;
  locale: string;
  faults: Faults;
  onChange: (seasons: readonly SeasonForm[]) => void;
}

const MAX_SEASONS = 12;

/** The seasons of a year, each with its price. */
export function SeasonFields(props: SeasonFieldsProps) {
  const { seasons, faults, onChange } = props;
  const change = (i: number, part: Partial<SeasonForm>) =>
    onChange(seasons.map((season, at) => at === i ? { ...season, ...part } : season));
  return (
    <fieldset class="stack">
      <legend class="legend host-legend">{words.seasons}</legend>
      <p class="muted small">{words.seasonsHint}</p>
      {seasons.map((season, i) => (
        // Seasons have no name of their own until one is typed.
        <div key={i} class="host-line host-season">
          <TextField
            label={words.seasonName}
            value={season.name}
            fault={faults[`rate.seasons.${i}.name`]}
            maxLength={40}
            onChange={(name) => change(i, { name })}
          />
          <MonthDayField
            label={words.seasonFrom}
            value={season.from}
            locale={props.locale}
            fault={faults[`rate.seasons.${i}.from`]}
            onChange={(from) => change(i, { from })}
          />
          <MonthDayField
            label={words.seasonTo}
            value={season.to}
            locale={props.locale}
            fault={faults[`rate.seasons.${i}.to`]}
            onChange={(to) => change(i, { to })}
          />
          <TextField
            label={words.seasonPrice}
            keys="decimal"
            affix={props.currency}
            value={season.price}
            fault={faults[`rate.seasons.${i}.minor`]}
            onChange={(price) => change(i, { price })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={words.removeSeason(season.name)}
            onClick={() => onChange(seasons.filter((_, at) => at !== i))}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
      {seasons.length < MAX_SEASONS && (
        <div class="row">
          <button
            type="button"
            class="button small"
            onClick={() => {
              const from = seasons.at(-1)?.to || "06-01";
              onChange([...seasons, { name: "", from, to: "09-01", price: "" }]);
            }}
          >
            {words.addSeason}
          </button>
        </div>
      )}
    </fieldset>
  );
}
