import { useState } from "preact/hooks";
import type { Boat, HullType, Inlet, NewBoat } from "../../../shared/boat.ts";
import { NewBoat as NewBoatSchema } from "../../../shared/boat.ts";
import { BoatDrawing } from "../../components/boat-drawing.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { LengthField } from "../../components/length-field.tsx";
import { NumberField } from "../../components/number-field.tsx";
import { hullWords } from "../../text/boat-words.ts";
import { faultsOf } from "../../text/failures.ts";
import type { LengthUnit } from "../../text/format.ts";
import { InletFields } from "./inlet-fields.tsx";

interface BoatFormProps {
  boat?: Partial<NewBoat>;
  unit: LengthUnit;
  submit: string;
  save(boat: NewBoat): Promise<void>;
  onCancel?: () => void;
}

const words = {
  name: "Name",
  hull: "Hull",
  loa: "Length over all",
  loaHint: "With bowsprit, platform and davits: what harbours measure",
  hullLength: "Hull length",
  beam: "Beam",
  draft: "Draft",
  airDraft: "Air draft",
  airDraftHint: "Height above the water, for bridges",
  displacement: "Displacement",
  grounds: "She may take the ground",
  groundsHint: "At low tide she can sit on the bottom",
  insurance: "Insured until",
  cancel: "Cancel",
  saving: "Saving …",
};

/** All that a harbour asks about a boat, drawn as it is typed. */
export function BoatForm({ boat, unit, submit, save, onCancel }: BoatFormProps) {
  const [draft, setDraft] = useState<Partial<NewBoat>>({ hullType: "mono", ...boat });
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  function set<K extends keyof NewBoat>(name: K, value: NewBoat[K] | undefined): void {
    const { [name]: _, ...rest } = draft;
    setDraft(value === undefined ? rest : { ...rest, [name]: value });
  }

  async function submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const parsed = NewBoatSchema.safeParse(draft);
    if (!parsed.success) {
      setFaults(
        Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path[0], message])),
      );
      return;
    }
    setBusy(true);
    setFaults({});
    setError(null);
    try {
      await save(parsed.data);
    } catch (failure) {
      setFaults(faultsOf(failure));
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  const length = (name: "loaCm" | "hullLengthCm" | "beamCm" | "draftCm" | "airDraftCm") => ({
    cm: draft[name],
    unit,
    fault: faults[name],
    onChange: (cm: number | undefined) => set(name, cm),
  });
  return (
    <form class="stack" onSubmit={(event) => void submitted(event)}>
      {error !== null && <FailureBox error={error} />}
      <BoatDrawing boat={draft} unit={unit} />
      <div class="fields-2">
        <div class="field">
          <label for="boat-name">{words.name}</label>
          <input
            id="boat-name"
            required
            maxLength={80}
            autocomplete="off"
            value={draft.name ?? ""}
            onInput={(event) => set("name", event.currentTarget.value)}
          />
          {faults["name"] && <span class="fault">{faults["name"]}</span>}
        </div>
        <div class="field">
          <label for="boat-hull">{words.hull}</label>
          <select
            id="boat-hull"
            value={draft.hullType}
            onChange={(event) => set("hullType", event.currentTarget.value as HullType)}
          >
            {Object.entries(hullWords).map(([hull, text]) => <option value={hull}>{text}</option>)}
          </select>
        </div>
      </div>
      <div class="fields-3">
        <LengthField label={words.loa} hint={words.loaHint} required {...length("loaCm")} />
        <LengthField label={words.beam} required {...length("beamCm")} />
        <LengthField label={words.draft} required {...length("draftCm")} />
      </div>
      <div class="fields-3">
        <LengthField label={words.hullLength} {...length("hullLengthCm")} />
        <LengthField label={words.airDraft} hint={words.airDraftHint} {...length("airDraftCm")} />
        <NumberField
          label={words.displacement}
          suffix="kg"
          value={draft.displacementKg}
          fault={faults["displacementKg"]}
          onChange={(value) => set("displacementKg", value)}
        />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={draft.takesGround ?? false}
          onChange={(event) => set("takesGround", event.currentTarget.checked || undefined)}
        />
        <span>
          {words.grounds}
          <br />
          <span class="muted small">{words.groundsHint}</span>
        </span>
      </label>
      <InletFields
        inlets={draft.inlets ?? []}
        onChange={(inlets: Inlet[]) => set("inlets", inlets.length > 0 ? inlets : undefined)}
      />
      <div class="field" style={{ maxWidth: "220px" }}>
        <label for="boat-insured">{words.insurance}</label>
        <input
          id="boat-insured"
          type="date"
          value={draft.insuranceExpires ?? ""}
          onChange={(event) => set("insuranceExpires", event.currentTarget.value || undefined)}
        />
      </div>
      <div class="row">
        <button type="submit" class="button primary" disabled={isBusy}>
          {isBusy ? words.saving : submit}
        </button>
        {onCancel && (
          <button type="button" class="button quiet" onClick={onCancel}>{words.cancel}</button>
        )}
      </div>
    </form>
  );
}

/** The form's values of a saved boat. */
export function boatToDraft({ id: _, version: _v, ...boat }: Boat): NewBoat {
  return boat;
}
