import { useState } from "preact/hooks";
import type { Boat, HullType, PartialVessel } from "../../shared/boat.ts";
import { hullWords } from "../text/boat-words.ts";
import { formatLength } from "../text/format.ts";
import type { LengthUnit } from "../text/format.ts";
import { LengthField } from "./length-field.tsx";
import { NumberField } from "./number-field.tsx";
import { words } from "./vessel-form-words.ts";

interface VesselFormProps {
  vessel: PartialVessel;
  boats: readonly Boat[];
  boatId: string | undefined;
  unit: LengthUnit;
  locale: string;
  onUnit(unit: LengthUnit): void;
  onBoat(boat: Boat): void;
  onVessel(vessel: PartialVessel): void;
}

/** The boat that is asked for: one of one's own, or a few measures. */
export function VesselForm(props: VesselFormProps) {
  const { unit, locale } = props;
  const [draft, setDraft] = useState<PartialVessel>(props.vessel);

  function set<K extends keyof PartialVessel>(name: K, value: PartialVessel[K] | undefined): void {
    const { [name]: _, ...rest } = draft;
    setDraft(value === undefined ? rest : { ...rest, [name]: value });
  }

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        props.onVessel(draft);
      }}
    >
      {props.boats.length > 0 && (
        <fieldset>
          <legend class="legend">{words.own}</legend>
          <div class="chips">
            {props.boats.map((boat) => (
              <button
                key={boat.id}
                type="button"
                class="chip"
                aria-pressed={boat.id === props.boatId}
                onClick={() => props.onBoat(boat)}
              >
                {boat.name}{" "}
                <span class="muted small">{formatLength(boat.loaCm, unit, locale)}</span>
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <div class="row between">
        <span class="legend">{words.measures}</span>
        <span class="segmented" role="group" aria-label={words.unit}>
          {(["m", "ft"] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={unit === name}
              onClick={() => props.onUnit(name)}
            >
              {name}
            </button>
          ))}
        </span>
      </div>
      <LengthField
        label={words.loa}
        hint={words.loaHint}
        cm={draft.loaCm}
        unit={unit}
        onChange={(cm) => set("loaCm", cm)}
      />
      <div class="fields-2">
        <LengthField
          label={words.beam}
          cm={draft.beamCm}
          unit={unit}
          onChange={(cm) => set("beamCm", cm)}
        />
        <LengthField
          label={words.draft}
          cm={draft.draftCm}
          unit={unit}
          onChange={(cm) => set("draftCm", cm)}
        />
      </div>
      <div class="fields-2">
        <LengthField
          label={words.airDraft}
          cm={draft.airDraftCm}
          unit={unit}
          onChange={(cm) => set("airDraftCm", cm)}
        />
        <NumberField
          label={words.displacement}
          suffix="kg"
          min={50}
          value={draft.displacementKg}
          onChange={(value) => set("displacementKg", value)}
        />
      </div>
      <div class="field">
        <label for="vessel-hull">{words.hull}</label>
        <select
          id="vessel-hull"
          value={draft.hullType ?? ""}
          onChange={(event) =>
            set("hullType", (event.currentTarget.value || undefined) as HullType | undefined)}
        >
          <option value="">{words.anyHull}</option>
          {Object.entries(hullWords).map(([hull, name]) => (
            <option key={hull} value={hull}>{name}</option>
          ))}
        </select>
      </div>
      <div class="row between">
        <button type="button" class="button quiet" onClick={() => props.onVessel({})}>
          {words.clear}
        </button>
        <button type="submit" class="button primary">{words.use}</button>
      </div>
      <a href="/boats">{words.myBoats}</a>
    </form>
  );
}
