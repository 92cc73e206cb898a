import type { Plug } from "../../../shared/boat.ts";
import { CheckField, SelectField, TextField } from "../../components/form-fields.tsx";
import { CloseIcon } from "../../components/icons.tsx";
import type { BoatFaults } from "../../store/boat-form-check.ts";
import { USUAL_INLETS } from "../../store/boat-form.ts";
import type { InletForm } from "../../store/boat-form.ts";
import { plugWords } from "../../text/boat-words.ts";
import { optionsOf } from "../../components/options-of.ts";
import { formWords as words } from "./boats-words.ts";

interface InletFieldsProps {
  inlets: readonly InletForm[];
  faults: BoatFaults;
  onChange: (inlets: readonly InletForm[]) => void;
}

// Object.entries forgets that the keys are Plug's own.
const PLUGS = Object.entries(plugWords) as [Plug, string][];
/** As many as `NewBoat` takes. */
const MAX_INLETS = 4;

/** What she plugs in ashore. */
export function InletFields({ inlets, faults, onChange }: InletFieldsProps) {
  const change = (at: number, part: Partial<InletForm>) =>
    onChange(inlets.map((inlet, i) => i === at ? { ...inlet, ...part } : inlet));

  function add(): void {
    const plug = inlets.at(-1)?.plug ?? "cee_16";
    onChange([...inlets, { plug, ...USUAL_INLETS[plug], required: false }]);
  }

  return (
    <fieldset class="stack">
      <legend class="boat-legend">{words.power}</legend>
      <p class="muted small">{words.powerHint}</p>
      {inlets.map((inlet, i) => (
        // Two inlets may be alike in everything but their place.
        <div key={i} class="boat-inlet-line">
          <SelectField
            label={words.plug}
            value={inlet.plug}
            options={PLUGS}
            onChange={(plug) => change(i, { plug, ...USUAL_INLETS[plug] })}
          />
          <TextField
            label={words.volts}
            keys="numeric"
            affix="V"
            value={inlet.volts}
            fault={faults[`inlets.${i}.volts`]}
            onChange={(volts) => change(i, { volts })}
          />
          <TextField
            label={words.amps}
            keys="numeric"
            affix="A"
            value={inlet.amps}
            fault={faults[`inlets.${i}.amps`]}
            onChange={(amps) => change(i, { amps })}
          />
          <SelectField
            label={words.phases}
            value={inlet.phases}
            options={optionsOf(words.phaseChoices)}
            onChange={(phases) => change(i, { phases })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={words.removeInlet(plugWords[inlet.plug])}
            onClick={() => onChange(inlets.filter((_, at) => at !== i))}
          >
            <CloseIcon />
          </button>
          <CheckField
            label={words.required}
            checked={inlet.required}
            onChange={(required) => change(i, { required })}
          />
        </div>
      ))}
      {inlets.length < MAX_INLETS && (
        <div class="row">
          <button type="button" class="button small" onClick={add}>{words.addInlet}</button>
        </div>
      )}
    </fieldset>
  );
}
