import { useState } from "preact/hooks";
import type { Boat } from "../../../shared/boat.ts";
import { todayIn } from "../../../shared/stay.ts";
import { BoatDrawing } from "../../components/boat-drawing.tsx";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { Facts } from "../../components/facts.tsx";
import { CareIcon, CheckIcon } from "../../components/icons.tsx";
import type { ApiFailure } from "../../api/http.ts";
import { useApp } from "../../store/app-context.ts";
import type { Boats } from "../../store/boats.ts";
import { boatToVessel } from "../../store/chosen-boat.ts";
import { hullWords, plugWords } from "../../text/boat-words.ts";
import { failureCode } from "../../text/failures.ts";
import { formatLength, formatMoney } from "../../text/format.ts";
import { formatDate } from "../../text/format-time.ts";
import { words } from "./boats-words.ts";

interface BoatCardProps {
  boat: Boat;
  boats: Boats;
  onRemoved: () => void;
}

/** One boat: drawn to scale, with all that is known of her. */
export function BoatCard({ boat, boats, onRemoved }: BoatCardProps) {
  const { prefs, platform, router } = useApp();
  const { unit, boat: chosen } = prefs.value.value;
  const [error, setError] = useState<unknown>(null);
  const isChosen = chosen?.boatId === boat.id;

  async function remove(): Promise<void> {
    setError(null);
    try {
      await boats.remove(boat);
      onRemoved();
    } catch (failure) {
      setError(failure);
      // A 412 carries the record as it is now.
      if (failureCode(failure) === "stale") {
        boats.renew((failure as ApiFailure).body["current"] as Boat);
      }
    }
  }

  return (
    <article class="card boat-card" aria-label={boat.name}>
      <div class="boat-picture">
        <BoatDrawing boat={boat} unit={unit} locale={platform.locale} />
      </div>
      <div class="boat-card-text">
        <div class="row between">
          <h2>{boat.name}</h2>
          {isChosen && (
            <span class="fit fit-fits">
              <CheckIcon size={15} />
              {words.chosen}
            </span>
          )}
        </div>
        <p class="muted">{hullWords[boat.hullType]}</p>
        <BoatFacts boat={boat} />
        {failureCode(error) === "stale"
          ? (
            <p class="notice care" role="alert">
              <CareIcon />
              {words.removeStale}
            </p>
          )
          : error !== null && <FailureBox error={error} />}
        <div class="row boat-card-foot">
          <button
            type="button"
            class="button small"
            onClick={() => {
              prefs.set({ boat: boatToVessel(boat) });
              router.go("/");
            }}
          >
            {words.use}
          </button>
          <a
            class="button small"
            href={`/boats?boat=${boat.id}`}
            aria-label={words.changeNamed(boat.name)}
          >
            {words.change}
          </a>
          <ConfirmButton
            class="button small quiet"
            title={words.removeTitle(boat.name)}
            text={words.removeText}
            yes={words.removeYes}
            no={words.removeNo}
            onYes={() => void remove()}
          >
            {words.remove}
            <span class="sr-only">{boat.name}</span>
          </ConfirmButton>
        </div>
      </div>
    </article>
  );
}

/** What a drawing does not show. */
function BoatFacts({ boat }: { boat: Boat }) {
  const { prefs, platform } = useApp();
  const { unit } = prefs.value.value;
  const { locale } = platform;
  const { hullLengthCm, displacementKg, takesGround, inlets = [], insuranceLimit } = boat;
  const today = todayIn(Intl.DateTimeFormat().resolvedOptions().timeZone, platform.now());
  const tonnes = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const rows = [
    [words.hullLength, hullLengthCm !== undefined && formatLength(hullLengthCm, unit, locale)],
    [
      words.displacement,
      displacementKg !== undefined && words.tonnes(tonnes.format(displacementKg / 1000)),
    ],
    [
      words.ground,
      takesGround !== undefined && (takesGround ? words.groundYes : words.groundNo),
    ],
    [
      words.power,
      inlets.length > 0 &&
      inlets.map(({ plug, amps, volts, phases, required }, i) => (
        <span key={i} class="boat-inlet">
          {words.inlet(plugWords[plug], amps, volts, phases)}
          {required && <span class="muted">{" "}({words.needed})</span>}
        </span>
      )),
    ],
    [words.insured, boat.insuranceExpires && insured(boat.insuranceExpires)],
    [
      words.insuredFor,
      insuranceLimit && formatMoney(insuranceLimit.amountMinor, insuranceLimit.currency, locale),
    ],
  ] as const;
  return <Facts rows={rows.map(([name, value]) => [name, value || null] as const)} />;

  function insured(until: string) {
    const text = formatDate(until, locale, Number(today.slice(0, 4)));
    return until < today ? <span class="boat-lapsed">{words.lapsed(text)}</span> : text;
  }
}
