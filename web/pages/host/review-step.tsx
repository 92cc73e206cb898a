import { DockPlan } from "../../components/dock-plan.tsx";
import { Facts } from "../../components/facts.tsx";
import { useApp } from "../../store/app-context.ts";
import type { Step } from "../../store/host-draft.ts";
import type { NewDockStore } from "../../store/host-new-dock.ts";
import { plugWords } from "../../text/boat-words.ts";
import { kindWords } from "../../text/dock-words.ts";
import { parseMoney } from "../../text/figures.ts";
import { formatLength, formatMoney } from "../../text/format.ts";
import { newDockWords as words } from "./new-dock-words.ts";

/** The last look before the dock is made. */
export function ReviewStep({ store }: { store: NewDockStore }) {
  const { platform, prefs } = useApp();
  const { locale } = platform;
  const { unit } = prefs.value.value;
  const { dock, harbour, harbourId } = store.draft.value;
  const chosen = store.harbours.value?.find(({ id }) => id === harbourId) ?? harbour;
  const length = (cm: number) => formatLength(cm, unit, locale);
  const money = (text: string) => {
    const minor = parseMoney(text, dock.currency);
    return minor === undefined ? "" : formatMoney(minor, dock.currency, locale);
  };

  const priced = (text: string) =>
    dock.basis === "per_night" ? words.perNight(money(text)) : words.perLength(money(text));
  const boats = dock.maxBeamCm === undefined
    ? words.boatsUpTo(length(dock.maxLoaCm ?? 0))
    : words.boatsUpToBeam(length(dock.maxLoaCm ?? 0), length(dock.maxBeamCm));
  const depth = dock.depthCm === undefined
    ? words.depthUnknown
    : dock.dries
    ? words.driesAt(length(dock.depthCm), dock.depthDatum)
    : words.depthAt(length(dock.depthCm), dock.depthDatum);
  const outlets = dock.outlets.map(({ plug, volts, amps }) =>
    words.outlet(plugWords[plug], volts, amps)
  );
  return (
    <div class="stack">
      <p class="muted">{words.reviewText}</p>
      <div class="review-head">
        <DockPlan id={dock.name.length * 31 + 7} kind={dock.kind} depthCm={dock.depthCm ?? null} />
        <div>
          <h2>{dock.name}</h2>
          <p class="muted">{kindWords[dock.kind]} · {chosen.name}, {chosen.place}</p>
        </div>
      </div>
      <Part
        store={store}
        step="harbour"
        rows={[[words.harbour, `${chosen.name}, ${chosen.place}`]]}
      />
      <Part
        store={store}
        step="berth"
        rows={[
          [words.boats, boats],
          [words.depth, depth],
          [words.power, outlets.length > 0 ? outlets.join("; ") : words.none],
        ]}
      />
      <Part
        store={store}
        step="stays"
        rows={[
          [words.booking, dock.instantBook ? words.instant : words.request],
          [words.stay, words.nightsFromTo(dock.minNights, dock.maxNights)],
        ]}
      />
      <Part
        store={store}
        step="price"
        rows={[
          [words.price, priced(dock.price)],
          ...dock.seasons.map((season) => [season.name, priced(season.price)] as const),
        ]}
      />
    </div>
  );
}

interface PartProps {
  store: NewDockStore;
  step: Step;
  rows: readonly (readonly [string, string])[];
}

function Part({ store, step, rows }: PartProps) {
  const name = words.steps[step];
  return (
    <section class="card review-part">
      <div class="row between">
        <h3>{name}</h3>
        <button
          type="button"
          class="link-button small"
          aria-label={words.change(name)}
          onClick={() => void store.go(step)}
        >
          {words.changeShort}
        </button>
      </div>
      <Facts rows={rows} />
    </section>
  );
}
