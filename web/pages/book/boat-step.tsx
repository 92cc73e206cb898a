import { useState } from "preact/hooks";
import type { Boat } from "../../../shared/boat.ts";
import { useApp } from "../../store/app-context.ts";
import type { Boats } from "../../store/boats.ts";
import { boatToVessel } from "../../store/chosen-boat.ts";
import type { ChosenBoat } from "../../store/prefs.ts";
import { formatLength } from "../../text/format.ts";
import { BoatForm } from "../boats/boat-form.tsx";
import { words } from "./book-words.ts";

interface BoatStepProps {
  boats: Boats;
  known: readonly Boat[];
  chosen: Boat | undefined;
  /** What the dock was looked at for. */
  asked: ChosenBoat | null;
  onChoose(boat: Boat): void;
}

/** Which of one's boats comes; a first one is told about here. */
export function BoatStep({ boats, known, chosen, asked, onChoose }: BoatStepProps) {
  const { prefs, platform } = useApp();
  const { unit } = prefs.value.value;
  // Measures that were searched with belong to a boat that has no name yet.
  const [isAdding, setAdding] = useState(
    known.length === 0 || (asked !== null && asked.boatId === undefined),
  );
  const length = (cm: number) => formatLength(cm, unit, platform.locale);

  function choose(boat: Boat): void {
    setAdding(false);
    prefs.set({ boat: boatToVessel(boat) });
    onChoose(boat);
  }

  return (
    <section class="card stack">
      <h2>{words.boat}</h2>
      {known.length > 0 && (
        <div class="chips" role="group" aria-label={words.boat}>
          {known.map((boat) => (
            <button
              key={boat.id}
              type="button"
              class="chip"
              aria-pressed={!isAdding && boat.id === chosen?.id}
              onClick={() => choose(boat)}
            >
              {boat.name}
              <span class="small num">
                {length(boat.loaCm)} × {length(boat.beamCm)}
              </span>
            </button>
          ))}
          <button
            type="button"
            class="chip"
            aria-pressed={isAdding}
            onClick={() => setAdding(true)}
          >
            {words.newBoat}
          </button>
        </div>
      )}
      {isAdding && (
        <>
          <p class="muted">{words.describe}</p>
          <BoatForm boats={boats} submit={words.saveBoat} onSaved={choose} />
        </>
      )}
    </section>
  );
}
