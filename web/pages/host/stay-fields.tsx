import type { CancellationPolicy, Collection } from "../../../shared/dock.ts";
import { Choices } from "../../components/choices.tsx";
import { CheckField, RadioCards, SelectField, TextField } from "../../components/form-fields.tsx";
import { hullWords } from "../../text/boat-words.ts";
import { policyWords } from "../../text/host-words.ts";
import { useApp } from "../../store/app-context.ts";
import type { DockFieldsProps } from "./berth-fields.tsx";
import { ClosureFields } from "./closure-fields.tsx";
import { formWords as words } from "./form-words.ts";

const WAYS = [
  ["instant", words.instant, words.instantText],
  ["request", words.request, words.requestText],
] as const;
const COLLECTIONS: readonly (readonly [Collection, string])[] = [
  ["at_dock", words.atDock],
  ["online", words.online],
];
// Object.entries forgets that the keys are the enum's own.
const POLICIES = Object.entries(policyWords) as [CancellationPolicy, string][];

/** Who may stay, for how long, and how it is agreed. */
export function StayFields({ form, faults, onChange }: DockFieldsProps) {
  const { platform } = useApp();
  return (
    <div class="stack host-fields">
      <RadioCards
        legend={words.booking}
        value={form.instantBook ? "instant" : "request"}
        options={WAYS}
        onChange={(way) => onChange({ instantBook: way === "instant" })}
      />
      <div class="fields-2">
        <TextField
          label={words.minNights}
          keys="numeric"
          affix={words.nights}
          value={form.minNights}
          fault={faults["minNights"]}
          onChange={(minNights) => onChange({ minNights })}
        />
        <TextField
          label={words.maxNights}
          keys="numeric"
          affix={words.nights}
          value={form.maxNights}
          fault={faults["maxNights"]}
          onChange={(maxNights) => onChange({ maxNights })}
        />
        <TextField
          label={words.notice}
          keys="numeric"
          affix={words.hours}
          value={form.noticeHours}
          fault={faults["noticeHours"]}
          onChange={(noticeHours) => onChange({ noticeHours })}
        />
        <TextField
          label={words.windowDays}
          keys="numeric"
          affix={words.days}
          value={form.windowDays}
          fault={faults["windowDays"]}
          onChange={(windowDays) => onChange({ windowDays })}
        />
      </div>
      <fieldset class="stack">
        <legend class="legend host-legend">{words.clock}</legend>
        <div class="fields-3">
          <TextField
            type="time"
            label={words.checkIn}
            value={form.checkInFrom}
            fault={faults["checkInFrom"]}
            onChange={(checkInFrom) => onChange({ checkInFrom })}
          />
          <TextField
            type="time"
            label={words.checkOut}
            value={form.checkOutBy}
            fault={faults["checkOutBy"]}
            onChange={(checkOutBy) => onChange({ checkOutBy })}
          />
          <TextField
            type="time"
            label={words.hold}
            hint={words.holdHint}
            value={form.holdUntil}
            fault={faults["holdUntil"]}
            onChange={(holdUntil) => onChange({ holdUntil })}
          />
          <TextField
            type="time"
            label={words.refusal}
            hint={words.refusalHint}
            value={form.firstRefusalUntil}
            fault={faults["firstRefusalUntil"]}
            onChange={(firstRefusalUntil) => onChange({ firstRefusalUntil })}
          />
        </div>
      </fieldset>
      <ClosureFields
        closures={form.closures}
        locale={platform.locale}
        faults={faults}
        onChange={(closures) => onChange({ closures })}
      />
      <div class="fields-2">
        <SelectField
          label={words.collection}
          value={form.collection}
          options={COLLECTIONS}
          fault={faults["collection"]}
          hint={form.collection === "online" ? words.onlineHint : undefined}
          onChange={(collection) => onChange({ collection })}
        />
        <SelectField
          label={words.policy}
          value={form.cancellationPolicy}
          options={POLICIES}
          fault={faults["cancellationPolicy"]}
          onChange={(cancellationPolicy) => onChange({ cancellationPolicy })}
        />
      </div>
      <fieldset class="stack">
        <legend class="legend host-legend">{words.welcome}</legend>
        <Choices
          names={hullWords}
          chosen={form.hullTypes}
          onChange={(hullTypes) => onChange({ hullTypes })}
        />
        {faults["hullTypes"] && <p class="host-fault">{faults["hullTypes"]}</p>}
        <CheckField
          label={words.insurance}
          checked={form.requiresInsurance}
          onChange={(requiresInsurance) => onChange({ requiresInsurance })}
        />
      </fieldset>
    </div>
  );
}
