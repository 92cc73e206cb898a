import { isLinear } from "../../../shared/dock.ts";
import type { Datum, DockKind } from "../../../shared/dock.ts";
import type { Position } from "../../../shared/geo.ts";
import { Choices } from "../../components/choices.tsx";
import { CheckField, ProseField, SelectField, TextField } from "../../components/form-fields.tsx";
import { LengthField } from "../../components/length-field.tsx";
import type { Faults } from "../../store/host-faults.ts";
import type { DockForm } from "../../store/host-form.ts";
import { amenityWords } from "../../text/amenity-words.ts";
import { kindWords } from "../../text/dock-words.ts";
import type { LengthUnit } from "../../text/format.ts";
import { datumWords, formWords as words, kindHints } from "./form-words.ts";
import { OutletFields } from "./outlet-fields.tsx";
import { PositionField } from "./position-field.tsx";

export interface DockFieldsProps {
  form: DockForm;
  /** By the API's paths. */
  faults: Faults;
  onChange: (part: Partial<DockForm>) => void;
}

interface BerthFieldsProps extends DockFieldsProps {
  unit: LengthUnit;
  onUnit: (unit: LengthUnit) => void;
  positionHint: string;
  harbourPosition: Position | undefined;
}

// Object.entries forgets that the keys are the enum's own.
const KINDS = Object.entries(kindWords) as [DockKind, string][];
const DATUMS = Object.entries(datumWords) as [Datum, string][];

/** The berth itself: what and where it is, which boats fit, what is there. */
export function BerthFields(props: BerthFieldsProps) {
  const { form, faults, unit, onChange } = props;
  return (
    <div class="stack host-fields">
      <div class="fields-2">
        <TextField
          label={words.name}
          hint={words.nameHint}
          value={form.name}
          fault={faults["name"]}
          maxLength={120}
          onChange={(name) => onChange({ name })}
        />
        <SelectField
          label={words.kind}
          hint={kindHints[form.kind]}
          value={form.kind}
          options={KINDS}
          fault={faults["kind"]}
          onChange={(kind) => onChange({ kind })}
        />
      </div>
      <ProseField
        label={words.description}
        hint={words.descriptionHint}
        value={form.description}
        fault={faults["description"]}
        maxLength={4000}
        onChange={(description) => onChange({ description })}
      />
      <PositionField
        legend={words.position}
        hint={props.positionHint}
        pin={form.name || words.berthPin}
        lat={form.lat}
        lon={form.lon}
        near={props.harbourPosition}
        latFault={faults["position.lat"] ?? faults["position"]}
        lonFault={faults["position.lon"]}
        onChange={onChange}
      />
      <CheckField
        label={words.blur}
        hint={words.blurHint}
        checked={form.blurPosition}
        onChange={(blurPosition) => onChange({ blurPosition })}
      />
      <fieldset class="stack">
        <legend class="legend host-legend">{words.sizes}</legend>
        <fieldset class="segmented host-units">
          <legend class="sr-only">{words.unit}</legend>
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
        </fieldset>
        <SizeFields {...props} />
      </fieldset>
      <OutletFields
        outlets={form.outlets}
        faults={faults}
        onChange={(outlets) => onChange({ outlets })}
      />
      <fieldset class="stack">
        <legend class="legend host-legend">{words.amenities}</legend>
        <Choices
          names={amenityWords}
          chosen={form.amenities}
          onChange={(amenities) => onChange({ amenities })}
        />
        <CheckField
          label={words.accessible}
          checked={form.accessible}
          onChange={(accessible) => onChange({ accessible })}
        />
      </fieldset>
    </div>
  );
}

function SizeFields({ form, faults, unit, onChange }: BerthFieldsProps) {
  return (
    <>
      {isLinear(form.kind) && (
        <div class="fields-2">
          <LengthField
            label={words.lengthOfQuay}
            cm={form.lengthCm}
            unit={unit}
            fault={faults["lengthCm"]}
            onChange={(lengthCm) => onChange({ lengthCm })}
          />
          <LengthField
            label={words.gap}
            cm={form.gapCm}
            unit={unit}
            fault={faults["gapCm"]}
            onChange={(gapCm) => onChange({ gapCm })}
          />
        </div>
      )}
      <div class="fields-2">
        <LengthField
          label={words.maxLoa}
          hint={words.maxLoaHint}
          cm={form.maxLoaCm}
          unit={unit}
          fault={faults["maxLoaCm"]}
          onChange={(maxLoaCm) => onChange({ maxLoaCm })}
        />
        <LengthField
          label={words.maxBeam}
          hint={words.optional}
          cm={form.maxBeamCm}
          unit={unit}
          fault={faults["maxBeamCm"]}
          onChange={(maxBeamCm) => onChange({ maxBeamCm })}
        />
      </div>
      <div class="fields-2">
        <LengthField
          label={words.minLoa}
          hint={words.optional}
          cm={form.minLoaCm}
          unit={unit}
          fault={faults["minLoaCm"]}
          onChange={(minLoaCm) => onChange({ minLoaCm })}
        />
        <TextField
          label={words.tonnes}
          hint={words.optional}
          keys="decimal"
          affix="t"
          value={form.maxTonnes}
          fault={faults["maxDisplacementKg"]}
          onChange={(maxTonnes) => onChange({ maxTonnes })}
        />
      </div>
      <div class="fields-2">
        <LengthField
          label={words.depth}
          hint={words.depthHint}
          cm={form.depthCm}
          unit={unit}
          fault={faults["depthCm"]}
          onChange={(depthCm) => onChange({ depthCm })}
        />
        <SelectField
          label={words.datum}
          value={form.depthDatum}
          options={DATUMS}
          fault={faults["depthDatum"]}
          onChange={(depthDatum) => onChange({ depthDatum })}
        />
      </div>
      <CheckField
        label={words.dries}
        checked={form.dries}
        onChange={(dries) => onChange({ dries })}
      />
      <div class="fields-2">
        <LengthField
          label={words.overhead}
          hint={words.overheadHint}
          cm={form.overheadCm}
          unit={unit}
          fault={faults["overheadCm"]}
          onChange={(overheadCm) => onChange({ overheadCm })}
        />
        <SelectField
          label={words.datum}
          value={form.overheadDatum}
          options={DATUMS}
          fault={faults["overheadDatum"]}
          onChange={(overheadDatum) => onChange({ overheadDatum })}
        />
      </div>
    </>
  );
}
