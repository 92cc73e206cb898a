import type { Boat } from "../../../shared/boat.ts";
import { useApp } from "../../store/app-context.ts";
import type { Boats } from "../../store/boats.ts";
import { formatLength } from "../../text/format.ts";
import { BoatForm } from "../boats/boat-form.tsx";
import { words } from "./book-words.ts";

interface BoatStepProps {
  boats: Boats;
  known: readonly Boat[];
  /** Null where she is still to be described. */
  chosen: Boat | null;
  onChoose(boat: Boat | null): void;
}

/** Which of one's boats comes; a first one is told about here. */
export function BoatStep({ boats, known, chosen, onChoose }: BoatStepProps) {
  const { prefs, platform } = useApp();
  const { unit } = prefs.value.value;
  const length = (cm: number) => formatLength(cm, unit, platform.locale);
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
              aria-pressed={boat.id === chosen?.id}
              onClick={() => onChoose(boat)}
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
            aria-pressed={chosen === null}
            onClick={() => onChoose(null)}
          >
            {words.newBoat}
          </button>
        </div>
      )}
      {chosen === null && (
        <>
          <p class="muted">{words.describe}</p>
          <BoatForm boats={boats} submit={words.saveBoat} onSaved={onChoose} />
        </>
      )}
    </section>
  );
}
