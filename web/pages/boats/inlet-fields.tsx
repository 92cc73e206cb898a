import type { Inlet, Plug } from "../../../shared/boat.ts";
import { plugWords } from "../../text/boat-words.ts";

/** What each plug carries: people know the plug, not its volts. */
const PLUGS: Record<Plug, Omit<Inlet, "plug" | "required">> = {
  nema_l5_20: { volts: 120, amps: 20, phases: 1 },
  nema_l5_30: { volts: 120, amps: 30, phases: 1 },
  nema_ss2_50: { volts: 240, amps: 50, phases: 1 },
  smartplug_30: { volts: 120, amps: 30, phases: 1 },
  smartplug_50: { volts: 240, amps: 50, phases: 1 },
  cee_16: { volts: 230, amps: 16, phases: 1 },
  cee_32: { volts: 230, amps: 32, phases: 1 },
  cee_63: { volts: 400, amps: 63, phases: 3 },
  cee_125: { volts: 400, amps: 125, phases: 3 },
  domestic: { volts: 230, amps: 10, phases: 1 },
};

interface InletFieldsProps {
  inlets: readonly Inlet[];
  onChange(inlets: Inlet[]): void;
}

const words = {
  title: "Shore power",
  plug: "Plug",
  required: "She needs it",
  remove: "Remove",
  add: "Add an inlet",
  rating: (amps: number, volts: number, phases: number) =>
    phases === 3 ? `${amps} A, ${volts} V, three-phase` : `${amps} A, ${volts} V`,
};

/** What she plugs in ashore. */
export function InletFields({ inlets, onChange }: InletFieldsProps) {
  const set = (at: number, change: Partial<Inlet>) =>
    onChange(inlets.map((inlet, i) => i === at ? { ...inlet, ...change } : inlet));
  return (
    <fieldset class="stack">
      <legend class="legend">{words.title}</legend>
      {inlets.map((inlet, i) => (
        <div class="row" key={i}>
          <div class="field">
            <label for={`inlet-${i}`}>{words.plug}</label>
            <select
              id={`inlet-${i}`}
              value={inlet.plug}
              onChange={(event) => {
                const plug = event.currentTarget.value as Plug;
                set(i, { plug, ...PLUGS[plug] });
              }}
            >
              {Object.entries(plugWords).map(([plug, text]) => <option value={plug}>{text}
              </option>)}
            </select>
            <span class="hint">{words.rating(inlet.amps, inlet.volts, inlet.phases)}</span>
          </div>
          <label class="check">
            <input
              type="checkbox"
              checked={inlet.required}
              onChange={(event) => set(i, { required: event.currentTarget.checked })}
            />
            {words.required}
          </label>
          <button
            type="button"
            class="button quiet small"
            onClick={() => onChange(inlets.filter((_, at) => at !== i))}
          >
            {words.remove}
          </button>
        </div>
      ))}
      {inlets.length < 4 && (
        <div>
          <button
            type="button"
            class="button small"
            onClick={() =>
              onChange([...inlets, { plug: "cee_16", ...PLUGS.cee_16, required: true }])}
          >
            {words.add}
          </button>
        </div>
      )}
    </fieldset>
  );
}
