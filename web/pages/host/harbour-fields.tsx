import { useMemo } from "preact/hooks";
import { Choices } from "../../components/choices.tsx";
import { ProseField, SelectField, TextField } from "../../components/form-fields.tsx";
import type { Faults } from "../../store/host-faults.ts";
import type { HarbourForm } from "../../store/host-form.ts";
import { amenityWords } from "../../text/amenity-words.ts";
import { countryOptions } from "../../text/countries.ts";
import { formWords as words } from "./form-words.ts";
import { PositionField } from "./position-field.tsx";

interface HarbourFieldsProps {
  form: HarbourForm;
  /** By the API's paths, with `harbour.` before them. */
  faults: Faults;
  locale: string;
  onChange: (part: Partial<HarbourForm>) => void;
}

/** Everything about a harbour. */
export function HarbourFields({ form, faults, locale, onChange }: HarbourFieldsProps) {
  const countries = useMemo(
    () => [["", words.chooseCountry] as const, ...countryOptions(locale)],
    [locale],
  );
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const fault = (path: string) => faults[`harbour.${path}`];
  return (
    <div class="stack host-fields">
      <TextField
        label={words.harbourName}
        value={form.name}
        fault={fault("name")}
        maxLength={120}
        onChange={(name) => onChange({ name })}
      />
      <div class="fields-2">
        <TextField
          label={words.place}
          value={form.place}
          fault={fault("place")}
          maxLength={120}
          onChange={(place) => onChange({ place })}
        />
        <SelectField
          label={words.country}
          value={form.country}
          options={countries}
          fault={fault("country")}
          onChange={(country) => onChange({ country })}
        />
      </div>
      <PositionField
        legend={words.harbourPosition}
        hint={words.harbourPositionHint}
        pin={form.name || words.harbourPin}
        lat={form.lat}
        lon={form.lon}
        latFault={fault("position.lat") ?? fault("position")}
        lonFault={fault("position.lon")}
        onChange={onChange}
        onPlace={(place) => form.place || onChange({ place })}
      />
      <div class="fields-2">
        <TextField
          label={words.timeZone}
          hint={words.timeZoneHint}
          value={form.timeZone}
          options={zones}
          fault={fault("timeZone")}
          onChange={(timeZone) => onChange({ timeZone })}
        />
        <TextField
          label={words.vhf}
          hint={words.vhfHint}
          value={form.vhfChannel}
          fault={fault("vhfChannel")}
          maxLength={20}
          onChange={(vhfChannel) => onChange({ vhfChannel })}
        />
      </div>
      <fieldset>
        <legend class="legend host-legend">{words.facilities}</legend>
        <Choices
          names={amenityWords}
          chosen={form.facilities}
          onChange={(facilities) => onChange({ facilities })}
        />
      </fieldset>
      <ProseField
        label={words.approach}
        hint={words.approachHint}
        value={form.approach}
        fault={fault("approach")}
        maxLength={4000}
        onChange={(approach) => onChange({ approach })}
      />
    </div>
  );
}
