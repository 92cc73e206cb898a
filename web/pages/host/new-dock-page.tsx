import { useEffect, useMemo, useRef } from "preact/hooks";
import { useApp } from "../../store/app-context.ts";
import type { Step } from "../../store/host-draft.ts";
import { emptyDock, emptyHarbour } from "../../store/host-form.ts";
import { createNewDock, STEPS } from "../../store/host-new-dock.ts";
import type { NewDockStore } from "../../store/host-new-dock.ts";
import { textsToPosition } from "../../text/coordinates.ts";
import { failureWords } from "../../text/failures.ts";
import { SignedIn } from "../signed-in.tsx";
import { useTitle } from "../use-title.ts";
import { BerthFields } from "./berth-fields.tsx";
import { formWords } from "./form-words.ts";
import { HarbourStep } from "./harbour-step.tsx";
import { words as hostWords } from "./host-words.ts";
import { newDockWords as words } from "./new-dock-words.ts";
import { PriceFields } from "./price-fields.tsx";
import { ReviewStep } from "./review-step.tsx";
import { showFirstFault } from "./show-first-fault.ts";
import { StayFields } from "./stay-fields.tsx";
import "./host.css";
import "./host-form.css";

/** A new dock, step by step: harbour, berth, stays, price, a last look. */
export default function NewDockPage() {
  useTitle(words.title);
  return <SignedIn why={words.why}>{(me) => <NewDock key={me.id} personId={me.id} />}</SignedIn>;
}

function NewDock({ personId }: { personId: string }) {
  const { http, platform, prefs, router } = useApp();
  const store = useMemo(() => {
    const { unit, currency } = prefs.value.peek();
    return createNewDock({
      http,
      kept: platform.local,
      personId,
      newKey: () => platform.newKey(),
      blank: () => ({
        step: "harbour",
        harbourId: null,
        hasChosen: false,
        harbour: emptyHarbour(Intl.DateTimeFormat().resolvedOptions().timeZone),
        // American charts give depths from another level than the rest of the world's.
        dock: emptyDock({ currency, depthDatum: unit === "ft" ? "MLLW" : "LAT" }),
      }),
    });
  }, [http, platform, prefs, personId]);
  useEffect(() => void store.loadHarbours(), [store]);
  const { step } = store.draft.value;
  const at = STEPS.indexOf(step);

  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [step]);

  const form = useRef<HTMLFormElement>(null);
  const faults = store.faults.value;
  useEffect(() => {
    if (Object.keys(faults).length > 0) showFirstFault(form.current!);
    // Only a new set of faults moves it: one that is put right leaves it where it is.
  }, [Object.keys(faults).length === 0, step]);

  async function send(publishes: boolean): Promise<void> {
    const made = await store.submit(publishes);
    if (!made) return;
    const outcome = made.isPublished ? "published" : publishes ? "failed" : "draft";
    router.go(`/host/docks/${made.id}?made=${outcome}`, true);
  }

  function goOn(event: Event): void {
    event.preventDefault();
    if (step === "review") void send(true);
    else store.go(STEPS[at + 1]!);
  }

  const error = store.error.value;
  return (
    <div class="page narrow stack new-dock">
      <div>
        <p class="muted small">{words.title} · {words.step(at + 1, STEPS.length)}</p>
        <h1 ref={heading} tabIndex={-1}>{words.steps[step]}</h1>
      </div>
      <Progress store={store} step={step} />
      {store.isRestored.value && (
        <p class="notice">
          <span>
            {words.restored}{" "}
            <button type="button" class="link-button" onClick={() => store.startAfresh()}>
              {words.startAfresh}
            </button>
          </span>
        </p>
      )}
      {Object.keys(faults).length > 0 && <p class="notice bad" role="alert">{hostWords.lookAt}</p>}
      <form ref={form} class="stack" noValidate onSubmit={goOn}>
        <StepFields store={store} step={step} />
        {error !== undefined && Object.keys(faults).length === 0 && (
          <p class="notice bad" role="alert">{failureWords(error)}</p>
        )}
        <div class="row between new-dock-foot">
          {at > 0
            ? (
              <button
                type="button"
                class="button quiet"
                onClick={() => void store.go(STEPS[at - 1]!)}
              >
                {words.backTo}
              </button>
            )
            : <a class="button quiet" href="/host">{words.backTo}</a>}
          <div class="row">
            {step === "review" && (
              <button
                type="button"
                class="button"
                disabled={store.isSending.value}
                onClick={() => void send(false)}
              >
                {words.saveDraft}
              </button>
            )}
            <button type="submit" class="button primary" disabled={store.isSending.value}>
              {step !== "review"
                ? words.next
                : store.isSending.value
                ? words.sending
                : words.publish}
            </button>
          </div>
        </div>
      </form>
    </div>
  );
}

function Progress({ store, step }: { store: NewDockStore; step: Step }) {
  const at = STEPS.indexOf(step);
  return (
    <nav aria-label={words.progress}>
      <ol class="new-dock-steps">
        {STEPS.map((one, i) => (
          <li key={one} class={i < at ? "done" : ""}>
            <button
              type="button"
              aria-current={one === step ? "step" : undefined}
              onClick={() => void store.go(one)}
            >
              {words.steps[one]}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepFields({ store, step }: { store: NewDockStore; step: Step }) {
  const { platform, prefs } = useApp();
  const { dock, harbour, harbourId } = store.draft.value;
  const { locale } = platform;
  const { unit } = prefs.value.value;
  const common = {
    form: dock,
    faults: store.faults.value,
    onChange: store.changeDock,
  };
  const chosen = store.harbours.value?.find(({ id }) => id === harbourId);
  if (step === "harbour") return <HarbourStep store={store} />;
  if (step === "stays") return <StayFields {...common} />;
  if (step === "price") return <PriceFields {...common} locale={locale} />;
  if (step === "review") return <ReviewStep store={store} />;
  return (
    <BerthFields
      {...common}
      unit={unit}
      onUnit={(next) => prefs.set({ unit: next })}
      positionHint={formWords.positionHint}
      harbourPosition={chosen?.position ?? textsToPosition(harbour.lat, harbour.lon)}
    />
  );
}
