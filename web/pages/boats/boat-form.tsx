import { useMemo, useRef } from "preact/hooks";
import type { Boat } from "../../../shared/boat.ts";
import { BoatDrawing } from "../../components/boat-drawing.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { CareIcon } from "../../components/icons.tsx";
import { useApp } from "../../store/app-context.ts";
import { createBoatEditor } from "../../store/boat-editor.ts";
import type { BoatEditor } from "../../store/boat-editor.ts";
import { formToPartial } from "../../store/boat-form.ts";
import type { BoatForm as BoatFormValues } from "../../store/boat-form.ts";
import type { Boats } from "../../store/boats.ts";
import { BoatFields } from "./boat-fields.tsx";
import { fieldNames, formWords as words } from "./boats-words.ts";
import "./boats.css";

interface BoatFormProps {
  boats: Boats;
  /** The boat that is changed; a new one is begun with the measures that were searched with. */
  seen?: Boat | undefined;
  submit: string;
  onSaved: (boat: Boat) => void;
  onCancel?: () => void;
}

/** All that a harbour asks about a boat, drawn as it is typed. For who is signed in. */
export function BoatForm({ boats, seen, submit, onSaved, onCancel }: BoatFormProps) {
  const { prefs, session, platform: { locale, tab: kept } } = useApp();
  const ownerId = session.me.value?.id ?? "";
  const editor = useMemo(
    () => createBoatEditor({ boats, seen, ownerId, prefs, locale, kept }),
    // The editor itself follows what becomes of its boat.
    [boats, seen?.id, ownerId],
  );
  const form = useRef<HTMLFormElement>(null);
  const { unit } = prefs.value.value;
  const faults = editor.faults.value;

  async function submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields = [...form.current!.querySelectorAll("input")];
    // What is no length at all has not reached the form's values: its field says so itself.
    const nonsense = fields.find(({ validity }) => validity.customError);
    if (nonsense) return nonsense.focus();
    const saved = await editor.save();
    if (saved) return onSaved(saved);
    requestAnimationFrame(() => {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus();
    });
  }

  return (
    <form
      ref={form}
      class="boat-form"
      noValidate
      onSubmit={(event) => void submitted(event)}
    >
      <div class="boat-form-grid">
        <div class="boat-picture">
          <BoatDrawing
            boat={formToPartial(editor.form.value)}
            unit={unit}
            locale={locale}
            isDecor
          />
        </div>
        <div class="stack boat-form-fields">
          <MergedNotice merged={editor.merged.value} locale={locale} />
          <BoatFields
            form={editor.form.value}
            faults={faults}
            unit={unit}
            locale={locale}
            onUnit={(next) => prefs.set({ unit: next })}
            onChange={editor.change}
          />
          {Object.keys(faults).length > 0
            ? <p class="notice bad" role="alert">{words.faults}</p>
            : editor.failure.value !== null && <FailureBox error={editor.failure.value} />}
          <div class="row">
            <button type="submit" class="button primary" aria-disabled={editor.isBusy.value}>
              {editor.isBusy.value ? words.saving : submit}
            </button>
            {onCancel && (
              <button
                type="button"
                class="button quiet"
                onClick={() => {
                  editor.discard();
                  onCancel();
                }}
              >
                {words.cancel}
              </button>
            )}
          </div>
        </div>
      </div>
    </form>
  );
}

interface MergedNoticeProps {
  merged: BoatEditor["merged"]["value"];
  locale: string;
}

/** What became of somebody else's change. */
function MergedNotice({ merged, locale }: MergedNoticeProps) {
  if (!merged) return null;
  const list = new Intl.ListFormat(locale);
  const names = (fields: readonly (keyof BoatFormValues)[]) =>
    list.format(fields.map((field) => fieldNames[field]));
  return (
    <div class="notice care" role="alert" tabIndex={-1}>
      <CareIcon />
      <div>
        <p>{words.merged}</p>
        {merged.taken.length > 0 && <p>{words.taken(names(merged.taken))}</p>}
        {merged.disputed.length > 0 && <p>{words.disputed(names(merged.disputed))}</p>}
        <p>{words.lookAndSave}</p>
      </div>
    </div>
  );
}
