import type { Plug } from "../../../shared/boat.ts";
import { SelectField, TextField } from "../../components/form-fields.tsx";
import { CloseIcon } from "../../components/icons.tsx";
import type { Faults } from "../../store/host-faults.ts";
import type { OutletForm } from "../../store/host-form.ts";
import { plugWords } from "../../text/boat-words.ts";
import { formWords as words } from "./form-words.ts";

interface OutletFieldsProps {
  outlets: readonly OutletForm[];
  faults: Faults;
  onChange: (outlets: readonly OutletForm[]) => void;
}

/** What each plug usually gives: the person corrects what is different on their pontoon. */
const USUAL: Record<Plug, Omit<OutletForm, "plug">> = {
  nema_l5_20: { volts: "120", amps: "20", phases: "1" },
  nema_l5_30: { volts: "120", amps: "30", phases: "1" },
  nema_ss2_50: { volts: "240", amps: "50", phases: "1" },
  smartplug_30: { volts: "120", amps: "30", phases: "1" },
  smartplug_50: { volts: "240", amps: "50", phases: "1" },
  cee_16: { volts: "230", amps: "16", phases: "1" },
  cee_32: { volts: "230", amps: "32", phases: "1" },
  cee_63: { volts: "400", amps: "63", phases: "3" },
  cee_125: { volts: "400", amps: "125", phases: "3" },
  domestic: { volts: "230", amps: "16", phases: "1" },
};
// Object.entries forgets that the keys are Plug's own.
const PLUGS = Object.entries(plugWords) as [Plug, string][];
const PHASES = [["1", words.onePhase], ["3", words.threePhases]] as const;
const MAX_OUTLETS = 12;

/** The outlets of shore power at the berth. */
export function OutletFields({ outlets, faults, onChange }: OutletFieldsProps) {
  const change = (i: number, part: Partial<OutletForm>) =>
    onChange(outlets.map((outlet, at) => at === i ? { ...outlet, ...part } : outlet));
  return (
    <fieldset class="stack">
      <legend class="legend host-legend">{words.power}</legend>
      {outlets.length === 0 && <p class="muted small">{words.powerNone}</p>}
      {outlets.map((outlet, i) => (
        // Two outlets may be alike in everything but their place.
        <div key={i} class="host-line">
          <SelectField
            label={words.plug}
            value={outlet.plug}
            options={PLUGS}
            onChange={(plug) => change(i, { plug, ...USUAL[plug] })}
          />
          <TextField
            label={words.volts}
            keys="numeric"
            affix="V"
            value={outlet.volts}
            fault={faults[`outlets.${i}.volts`]}
            onChange={(volts) => change(i, { volts })}
          />
          <TextField
            label={words.amps}
            keys="numeric"
            affix="A"
            value={outlet.amps}
            fault={faults[`outlets.${i}.amps`]}
            onChange={(amps) => change(i, { amps })}
          />
          <SelectField
            label={words.phases}
            value={outlet.phases}
            options={PHASES}
            onChange={(phases) => change(i, { phases })}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={words.removeOutlet(plugWords[outlet.plug])}
            onClick={() => onChange(outlets.filter((_, at) => at !== i))}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
      {outlets.length < MAX_OUTLETS && (
        <div class="row">
          <button
            type="button"
            class="button small"
            onClick={() => {
              const plug = outlets.at(-1)?.plug ?? "cee_16";
              onChange([...outlets, { plug, ...USUAL[plug] }]);
            }}
          >
            {words.addOutlet}
          </button>
        </div>
      )}
    </fieldset>
  );
}
