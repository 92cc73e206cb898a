import { RadioCards } from "../../components/form-fields.tsx";
import { useApp } from "../../store/app-context.ts";
import type { NewDockStore } from "../../store/host-new-dock.ts";
import { plural } from "../../text/plural.ts";
import { formWords } from "./form-words.ts";
import { HarbourFields } from "./harbour-fields.tsx";
import { newDockWords as words } from "./new-dock-words.ts";

const OTHER = "other";

/** The harbour: one of one's own, or a new one. */
export function HarbourStep({ store }: { store: NewDockStore }) {
  const { locale } = useApp().platform;
  const harbours = store.harbours.value;
  const { harbour, harbourId } = store.draft.value;
  if (!harbours && store.harboursError.value === undefined) {
    return <div class="skeleton" style={{ height: "180px" }} />;
  }
  return (
    <div class="stack host-fields">
      {!harbours && (
        <p class="notice bad" role="alert">
          <span>
            {words.harboursFailed}{" "}
            <button type="button" class="link-button" onClick={() => void store.loadHarbours()}>
              {words.again}
            </button>
          </span>
        </p>
      )}
      {harbours && harbours.length > 0 && (
        <RadioCards
          legend={formWords.which}
          value={harbourId === null ? OTHER : String(harbourId)}
          options={[
            ...harbours.map(({ id, name, place, dockCount }) =>
              [
                String(id),
                name,
                `${place} · ${plural(dockCount, formWords.docksThere, locale)}`,
              ] as const
            ),
            [OTHER, formWords.otherHarbour, formWords.otherHarbourText] as const,
          ]}
          onChange={(id) => store.chooseHarbour(id === OTHER ? null : Number(id))}
        />
      )}
      {harbourId === null && (
        <>
          <p class="muted">{formWords.newHarbourText}</p>
          <HarbourFields
            form={harbour}
            faults={store.faults.value}
            locale={locale}
            onChange={store.changeHarbour}
          />
        </>
      )}
    </div>
  );
}
