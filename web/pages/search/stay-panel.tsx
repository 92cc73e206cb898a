import { nightCount } from "../../../shared/stay.ts";
import { RangeCalendar } from "../../components/range-calendar.tsx";
import { plural } from "../../text/plural.ts";
import { words } from "./stay-panel-words.ts";

interface StayPanelProps {
  from: string;
  to: string;
  today: string;
  locale: string;
  onChoose(from: string, to: string): void;
  onClear(): void;
  onDone(): void;
}

/** Two dates to type, and the calendar that they are on. */
export function StayPanel({ from, to, today, locale, ...on }: StayPanelProps) {
  return (
    <div class="stack stay-panel">
      <div class="fields-2">
        <div class="field">
          <label for="stay-from">{words.arrive}</label>
          <input
            id="stay-from"
            type="date"
            min={today}
            value={from}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (value >= today) on.onChoose(value, to > value ? to : "");
            }}
          />
        </div>
        <div class="field">
          <label for="stay-to">{words.leave}</label>
          <input
            id="stay-to"
            type="date"
            min={from || today}
            value={to}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (from && value > from) on.onChoose(from, value);
            }}
          />
        </div>
      </div>
      <RangeCalendar from={from} to={to} min={today} locale={locale} onChange={on.onChoose} />
      <div class="row between">
        <button type="button" class="button quiet" onClick={on.onClear}>{words.clear}</button>
        <span class="muted small" role="status">
          {from && to && plural(nightCount({ from, to }), words.nights, locale)}
        </span>
        <button type="button" class="button" onClick={on.onDone}>{words.done}</button>
      </div>
    </div>
  );
}
