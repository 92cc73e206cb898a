import { useMemo } from "preact/hooks";
import { dateToDay } from "../../../shared/stay.ts";
import { RadioCards, SelectField, TextField } from "../../components/form-fields.tsx";
import { currencyOptions } from "../../text/currency-options.ts";
import type { DockFieldsProps } from "./berth-fields.tsx";
import { formWords as words } from "./form-words.ts";
import { SeasonFields } from "./season-fields.tsx";

interface PriceFieldsProps extends DockFieldsProps {
  locale: string;
}

const BASES = [
  ["per_night", words.perNight, words.perNightText],
  ["per_length_night", words.perLength, words.perLengthText],
] as const;
const BILLABLES = [["loa", words.billableLoa], ["max_loa_berth", words.billableBerth]] as const;

/** What the nights cost. */
export function PriceFields({ form, faults, locale, onChange }: PriceFieldsProps) {
  const currencies = useMemo(() => currencyOptions(locale), [locale]);
  const isPerLength = form.basis === "per_length_night";
  const { currency } = form;
  return (
    <div class="stack host-fields">
      <RadioCards
        legend={words.basis}
        value={form.basis}
        options={BASES}
        onChange={(basis) => onChange({ basis })}
      />
      <div class="fields-2">
        <TextField
          label={isPerLength ? words.pricePerLength : words.pricePerNight}
          keys="decimal"
          affix={currency}
          value={form.price}
          fault={faults["rate.minor"]}
          onChange={(price) => onChange({ price })}
        />
        <SelectField
          label={words.currency}
          value={currency}
          options={currencies}
          fault={faults["rate.currency"]}
          onChange={(next) => onChange({ currency: next })}
        />
      </div>
      {isPerLength && (
        <SelectField
          label={words.billable}
          value={form.billable}
          options={BILLABLES}
          onChange={(billable) => onChange({ billable })}
        />
      )}
      <SeasonFields
        seasons={form.seasons}
        currency={currency}
        locale={locale}
        faults={faults}
        onChange={(seasons) => onChange({ seasons })}
      />
      <Weekdays form={form} faults={faults} locale={locale} onChange={onChange} />
      <fieldset class="stack">
        <legend class="legend host-legend">{words.discounts}</legend>
        <div class="fields-3">
          <TextField
            label={words.weekly}
            keys="decimal"
            affix="%"
            value={form.weeklyDiscount}
            fault={faults["rate.weeklyDiscountPercent"]}
            onChange={(weeklyDiscount) => onChange({ weeklyDiscount })}
          />
          <TextField
            label={words.monthly}
            keys="decimal"
            affix="%"
            value={form.monthlyDiscount}
            fault={faults["rate.monthlyDiscountPercent"]}
            onChange={(monthlyDiscount) => onChange({ monthlyDiscount })}
          />
          <TextField
            label={words.multihull}
            keys="numeric"
            affix="%"
            value={form.multihullPercent}
            fault={faults["rate.multihullPercent"]}
            onChange={(multihullPercent) => onChange({ multihullPercent })}
          />
        </div>
      </fieldset>
      <fieldset class="stack">
        <legend class="legend host-legend">{words.fees}</legend>
        <div class="fields-2">
          <TextField
            label={words.cleaning}
            keys="decimal"
            affix={currency}
            value={form.cleaning}
            fault={faults["rate.fees.cleaningMinor"]}
            onChange={(cleaning) => onChange({ cleaning })}
          />
          <TextField
            label={words.powerFee}
            keys="decimal"
            affix={currency}
            value={form.power}
            fault={faults["rate.fees.powerPerNightMinor"]}
            onChange={(power) => onChange({ power })}
          />
          <TextField
            label={words.tax}
            keys="decimal"
            affix="%"
            value={form.tax}
            fault={faults["rate.taxPercent"]}
            onChange={(tax) => onChange({ tax })}
          />
          <TextField
            label={words.deposit}
            hint={words.depositHint}
            keys="decimal"
            affix={currency}
            value={form.deposit}
            fault={faults["rate.depositMinor"]}
            onChange={(deposit) => onChange({ deposit })}
          />
        </div>
      </fieldset>
    </div>
  );
}

function Weekdays({ form, faults, locale, onChange }: PriceFieldsProps) {
  const names = useMemo(() => weekdays(locale), [locale]);
  return (
    <fieldset class="stack">
      <legend class="legend host-legend">{words.weekdays}</legend>
      <p class="muted small">{words.weekdaysHint}</p>
      <div class="host-weekdays">
        {names.map((name, i) => (
          <TextField
            key={name}
            label={name}
            keys="numeric"
            affix="%"
            value={form.weekdayPercents[i] ?? "100"}
            fault={faults[`rate.weekdayPercents.${i}`]}
            onChange={(text) => onChange({ weekdayPercents: form.weekdayPercents.with(i, text) })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function weekdays(locale: string): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  // 2024-01-01 was a Monday.
  const monday = dateToDay("2024-01-01");
  return Array.from({ length: 7 }, (_, i) => format.format((monday + i) * 86_400_000));
}
