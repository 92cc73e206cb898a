import { CloseIcon } from "../../components/icons.tsx";
import type { Faults } from "../../store/host-faults.ts";
import type { ClosureForm } from "../../store/host-form.ts";
import { formWords as words } from "./form-words.ts";
import { MonthDayField } from "./month-day-field.tsx";

interface ClosureFieldsProps {
  closures: readonly ClosureForm[];
  locale: string;
  faults: Faults;
  onChange: (closures: readonly ClosureForm[]) => void;
}

const MAX_CLOSURES = 12;

/** The days of a year on which the dock is not sold. */
export function ClosureFields({ closures, locale, faults, onChange }: ClosureFieldsProps) {
  const change = (i: number, part: Partial<ClosureForm>) =>
    onChange(closures.map((closure, at) => at === i ? { ...closure, ...part } : closure));
  return (
    <fieldset class="stack">
      <legend class="legend host-legend">{words.closures}</legend>
      <p class="muted small">{words.closuresHint}</p>
      {closures.map(({ from, to }, i) => (
        // Closed days have no name of their own.
        <div key={i} class="host-line host-closure">
          <MonthDayField
            label={words.closureFrom}
            value={from}
            locale={locale}
            fault={faults[`closures.${i}.from`]}
            onChange={(next) => change(i, { from: next })}
          />
          <MonthDayField
            label={words.closureTo}
            value={to}
            locale={locale}
            fault={faults[`closures.${i}.to`]}
            onChange={(next) => change(i, { to: next })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={words.removeClosure}
            onClick={() => onChange(closures.filter((_, at) => at !== i))}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
      {closures.length < MAX_CLOSURES && (
        <div class="row">
          <button
            type="button"
            class="button small"
            onClick={() => onChange([...closures, { from: "11-01", to: "03-01" }])}
          >
            {words.addClosure}
          </button>
        </div>
      )}
    </fieldset>
  );
}
