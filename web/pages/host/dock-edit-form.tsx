import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../../store/app-context.ts";
import { isSame } from "../../store/merge-forms.ts";
import type { HostDockStore } from "../../store/host-dock.ts";
import { dockToForm } from "../../store/host-form.ts";
import { BerthFields } from "./berth-fields.tsx";
import { formWords } from "./form-words.ts";
import { words } from "./host-words.ts";
import { PriceFields } from "./price-fields.tsx";
import { showFirstFault } from "./show-first-fault.ts";
import { StayFields } from "./stay-fields.tsx";

/** All values of a dock, saved together. */
export function DockEditForm({ store }: { store: HostDockStore }) {
  const { platform, prefs } = useApp();
  const { locale } = platform;
  const element = useRef<HTMLFormElement>(null);
  const form = store.form.value!;
  const dock = store.dock.value!;
  const faults = store.faults.value;
  const hasFaults = Object.keys(faults).length > 0;
  const isChanged = !isSame(form, dockToForm(dock));
  const doing = store.doing.value;
  const common = { form, faults, onChange: store.change };

  useEffect(() => {
    if (hasFaults) showFirstFault(element.current!);
  }, [hasFaults]);

  return (
    <form
      ref={element}
      class="stack host-edit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void store.save();
      }}
    >
      <section class="card stack">
        <h2>{words.sections.berth}</h2>
        <BerthFields
          {...common}
          unit={prefs.value.value.unit}
          onUnit={(unit) => prefs.set({ unit })}
          positionHint={formWords.positionHintEdit}
          harbourPosition={undefined}
        />
      </section>
      <section class="card stack">
        <h2>{words.sections.stays}</h2>
        <StayFields {...common} />
      </section>
      <section class="card stack">
        <h2>{words.sections.price}</h2>
        <PriceFields {...common} locale={locale} />
      </section>
      <div class="host-save">
        <output class="small">
          {hasFaults
            ? words.lookAt
            : store.isSaved.value && !isChanged
            ? words.saved
            : isChanged
            ? words.unsaved
            : ""}
        </output>
        <div class="row">
          {isChanged && (
            <button type="button" class="button quiet" onClick={() => store.revert()}>
              {words.revert}
            </button>
          )}
          <button type="submit" class="button primary" disabled={doing !== null || !isChanged}>
            {doing === "save" ? words.saving : words.save}
          </button>
        </div>
      </div>
    </form>
  );
}
