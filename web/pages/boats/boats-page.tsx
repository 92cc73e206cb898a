import { useEffect, useMemo, useState } from "preact/hooks";
import type { Boat } from "../../../shared/boat.ts";
import { BoatDrawing } from "../../components/boat-drawing.tsx";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { createBoats } from "../../store/boats.ts";
import type { Boats } from "../../store/boats.ts";
import { boatToVessel } from "../../store/chosen-boat.ts";
import { hullWords } from "../../text/boat-words.ts";
import { formatLength } from "../../text/format.ts";
import { SignedIn } from "../signed-in.tsx";
import { useTitle } from "../use-title.ts";
import { BoatForm, boatToDraft } from "./boat-form.tsx";

const words = {
  title: "My boats",
  why: "Your boats are kept with your account, so that every harbour knows what comes.",
  intro: "Measure once. Every search and every quote then asks for her.",
  none: "No boat yet",
  add: "Add a boat",
  addFirst: "Add your boat",
  edit: "Change",
  remove: "Remove",
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: "Bookings that were made with her keep her measures.",
  removeYes: "Remove",
  removeNo: "Keep",
  use: "Search with her",
  used: "Searches ask for her",
  save: "Save",
  stale:
    "She was changed meanwhile, perhaps on another device. These are her values now; yours were not saved.",
  draft: "draft",
};

export default function BoatsPage() {
  useTitle(words.title);
  return <SignedIn why={words.why}>{() => <BoatList />}</SignedIn>;
}

function BoatList() {
  const { http, platform } = useApp();
  const boats = useMemo(() => createBoats(http, platform.newKey), [http]);
  const [editing, setEditing] = useState<string | null>(null);
  useEffect(() => void boats.list.load(), [boats]);
  const { status, value, error } = boats.list.state.value;
  const { unit } = useApp().prefs.value.value;
  return (
    <div class="page narrow stack">
      <div class="row between">
        <h1>{words.title}</h1>
        {value && value.length > 0 && editing !== "new" && (
          <button
            type="button"
            class="button"
            onClick={() => setEditing("new")}
          >
            {words.add}
          </button>
        )}
      </div>
      <p class="muted">{words.intro}</p>
      {status === "failed" && <FailureBox error={error} onRetry={() => void boats.list.load()} />}
      {!value && status === "waiting" && <div class="skeleton" style={{ height: "260px" }} />}
      {value && (editing === "new" || value.length === 0) && (
        <section class="card stack">
          <h2>{value.length === 0 ? words.addFirst : words.add}</h2>
          <BoatForm
            unit={unit}
            submit={words.save}
            save={async (boat) => {
              await boats.save(boat);
              setEditing(null);
            }}
            {...(value.length > 0 && { onCancel: () => setEditing(null) })}
          />
        </section>
      )}
      {value?.map((boat) => (
        <BoatCard
          key={boat.id}
          boat={boat}
          boats={boats}
          isEditing={editing === boat.id}
          onEdit={(isEditing) => setEditing(isEditing ? boat.id : null)}
        />
      ))}
    </div>
  );
}

interface BoatCardProps {
  boat: Boat;
  boats: Boats;
  isEditing: boolean;
  onEdit(isEditing: boolean): void;
}

function BoatCard({ boat, boats, isEditing, onEdit }: BoatCardProps) {
  const { prefs, platform } = useApp();
  const [error, setError] = useState<unknown>(null);
  const { unit, boat: chosen } = prefs.value.value;
  const length = (cm: number) => formatLength(cm, unit, platform.locale);
  const newer = boats.newer.value?.id === boat.id ? boats.newer.value : null;

  async function remove(): Promise<void> {
    try {
      await boats.remove(boat);
      if (chosen?.boatId === boat.id) prefs.set({ boat: null });
    } catch (failure) {
      setError(failure);
    }
  }

  if (isEditing) {
    return (
      <section class="card stack">
        <h2>{boat.name}</h2>
        {newer && <p class="notice care">{words.stale}</p>}
        <BoatForm
          key={newer?.version ?? boat.version}
          boat={boatToDraft(newer ?? boat)}
          unit={unit}
          submit={words.save}
          save={async (changed) => {
            const saved = await boats.save(changed, newer ?? boat);
            if (chosen?.boatId === saved.id) prefs.set({ boat: boatToVessel(saved) });
            onEdit(false);
          }}
          onCancel={() => onEdit(false)}
        />
      </section>
    );
  }
  return (
    <section class="card stack">
      <div class="row between">
        <h2>{boat.name}</h2>
        {chosen?.boatId === boat.id ? <span class="fit fit-fits">{words.used}</span> : (
          <button
            type="button"
            class="button small"
            onClick={() => prefs.set({ boat: boatToVessel(boat) })}
          >
            {words.use}
          </button>
        )}
      </div>
      <p class="muted num">
        {hullWords[boat.hullType]} · {length(boat.loaCm)} × {length(boat.beamCm)} ·{" "}
        {length(boat.draftCm)} {words.draft}
      </p>
      <BoatDrawing boat={boat} unit={unit} />
      {error !== null && <FailureBox error={error} />}
      <div class="row">
        <button type="button" class="button" onClick={() => onEdit(true)}>{words.edit}</button>
        <ConfirmButton
          class="button quiet"
          title={words.removeTitle(boat.name)}
          text={words.removeText}
          yes={words.removeYes}
          no={words.removeNo}
          onYes={() => void remove()}
        >
          {words.remove}
        </ConfirmButton>
      </div>
    </section>
  );
}
