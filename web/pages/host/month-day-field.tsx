import { useMemo } from "preact/hooks";
import { formWords as words } from "./form-words.ts";

interface MonthDayFieldProps {
  label: string;
  /** `MM-DD`. */
  value: string;
  locale: string;
  fault: string | undefined;
  onChange: (value: string) => void;
}

/** A day of every year. */
export function MonthDayField({ label, value, locale, fault, onChange }: MonthDayFieldProps) {
  const months = useMemo(() => monthNames(locale), [locale]);
  const [month = "01", day = "01"] = value.split("-");
  // 2024 was a leap year: 29 February is a day that a season may begin with.
  const days = new Date(Date.UTC(2024, Number(month), 0)).getUTCDate();
  return (
    <fieldset class="field">
      <legend class="legend">{label}</legend>
      <span class="host-month-day">
        <select
          aria-label={words.day}
          value={day}
          aria-invalid={fault !== undefined}
          onChange={(event) => onChange(`${month}-${event.currentTarget.value}`)}
        >
          {Array.from({ length: days }, (_, i) => {
            const number = String(i + 1).padStart(2, "0");
            return <option key={number} value={number}>{i + 1}</option>;
          })}
        </select>
        <select
          aria-label={words.month}
          value={month}
          aria-invalid={fault !== undefined}
          onChange={(event) => {
            const next = event.currentTarget.value;
            const last = new Date(Date.UTC(2024, Number(next), 0)).getUTCDate();
            onChange(`${next}-${String(Math.min(Number(day), last)).padStart(2, "0")}`);
          }}
        >
          {months.map((name, i) => {
            const number = String(i + 1).padStart(2, "0");
            return <option key={number} value={number}>{name}</option>;
          })}
        </select>
      </span>
      {fault && <span class="fault">{fault}</span>}
    </fieldset>
  );
}

function monthNames(locale: string): string[] {
  const format = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, i) => format.format(Date.UTC(2024, i, 1)));
}
