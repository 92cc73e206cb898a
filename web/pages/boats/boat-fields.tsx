import { useMemo } from "preact/hooks";
import type { HullType } from "../../../shared/boat.ts";
import { SelectField, TextField } from "../../components/form-fields.tsx";
import { LengthField } from "../../components/length-field.tsx";
import type { BoatFaults } from "../../store/boat-form-check.ts";
import type { BoatForm } from "../../store/boat-form.ts";
import { hullWords } from "../../text/boat-words.ts";
import { currencyOptions } from "../../text/currency-options.ts";
import type { LengthUnit } from "../../text/format.ts";
import { optionsOf } from "../../components/options-of.ts";
import { formWords as words } from "./boats-words.ts";
import { InletFields } from "./inlet-fields.tsx";

interface BoatFieldsProps {
  form: BoatForm;
  faults: BoatFaults;
  unit: LengthUnit;
  locale: string;
  onUnit: (unit: LengthUnit) => void;
  onChange: (part: Partial<BoatForm>) => void;
}

// Object.entries forgets that the keys are HullType's own.
const HULLS = Object.entries(hullWords) as [HullType, string][];

/** Everything about a boat, in four parts. */
export function BoatFields({ form, faults, unit, locale, onUnit, onChange }: BoatFieldsProps) {
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  type Length = "loaCm" | "hullLengthCm" | "beamCm" | "draftCm" | "airDraftCm";
  const length = (name: Length) => ({
    cm: form[name] ?? undefined,
    unit,
    fault: faults[name],
    onChange: (cm: number | undefined) => onChange({ [name]: cm ?? null }),
  });
  return (
    <>
      <fieldset class="stack">
        <legend class="boat-legend">{words.what}</legend>
        <div class="fields-2">
          <TextField
            label={words.name}
            hint={words.nameHint}
            required
            maxLength={80}
            value={form.name}
            fault={faults["name"]}
            onChange={(name) => onChange({ name })}
          />
          <SelectField
            label={words.hull}
            value={form.hullType}
            options={HULLS}
            onChange={(hullType) => onChange({ hullType })}
          />
        </div>
      </fieldset>

      <fieldset class="stack">
        <legend class="boat-legend">{words.measures}</legend>
        <div class="row between boat-unit">
          <p class="muted small">{words.measuresHint}</p>
          <fieldset class="segmented" aria-label={words.unit}>
            {(["m", "ft"] as const).map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={unit === name}
                onClick={() => onUnit(name)}
              >
                {name}
              </button>
            ))}
          </fieldset>
        </div>
        <div class="boat-measures">
          <LengthField label={words.loa} hint={words.loaHint} required {...length("loaCm")} />
          <LengthField label={words.beam} hint={words.beamHint} required {...length("beamCm")} />
          <LengthField label={words.draft} hint={words.draftHint} required {...length("draftCm")} />
          <LengthField label={words.airDraft} hint={words.airDraftHint} {...length("airDraftCm")} />
          <LengthField
            label={words.hullLength}
            hint={words.hullLengthHint}
            {...length("hullLengthCm")}
          />
          <TextField
            label={words.tonnes}
            hint={words.tonnesHint}
            keys="decimal"
            affix="t"
            value={form.tonnes}
            fault={faults["displacementKg"]}
            onChange={(tonnes) => onChange({ tonnes })}
          />
        </div>
        <SelectField
          label={words.ground}
          hint={words.groundHint}
          value={form.takesGround}
          options={optionsOf(words.grounds)}
          onChange={(takesGround) => onChange({ takesGround })}
        />
      </fieldset>

      <InletFields
        inlets={form.inlets}
        faults={faults}
        onChange={(inlets) => onChange({ inlets })}
      />

      <fieldset class="stack">
        <legend class="boat-legend">{words.insurance}</legend>
        <p class="muted small">{words.insuranceHint}</p>
        <div class="boat-insurance">
          <TextField
            label={words.expires}
            type="date"
            value={form.insuranceExpires}
            fault={faults["insuranceExpires"]}
            onChange={(insuranceExpires) => onChange({ insuranceExpires })}
          />
          <TextField
            label={words.limit}
            keys="decimal"
            affix={form.insuranceCurrency}
            value={form.insuranceAmount}
            fault={faults["insuranceLimit"]}
            onChange={(insuranceAmount) => onChange({ insuranceAmount })}
          />
          <SelectField
            label={words.currency}
            value={form.insuranceCurrency}
            options={currencies}
            onChange={(insuranceCurrency) => onChange({ insuranceCurrency })}
          />
        </div>
      </fieldset>
    </>
  );
}
