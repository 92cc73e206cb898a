import { useMemo, useState } from "preact/hooks";
import type { QuoteAnswer } from "../../../shared/api.ts";
import type { Boat } from "../../../shared/boat.ts";
import type { Dock } from "../../../shared/dock.ts";
import type { Stay } from "../../../shared/stay.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { FitBadge } from "../../components/fit-badge.tsx";
import { FitReasons } from "../../components/fit-reasons.tsx";
import { CareIcon } from "../../components/icons.tsx";
import { QuoteLines } from "../../components/quote-lines.tsx";
import { useApp } from "../../store/app-context.ts";
import { createCheckout } from "../../store/checkout.ts";
import type { Checkout } from "../../store/checkout.ts";
import { readBoatQuote } from "../../store/docks.ts";
import { policyWords } from "../../text/host-words.ts";
import { useResource } from "../use-resource.ts";
import { words } from "./book-words.ts";
import { NearestDocks } from "./nearest-docks.tsx";

interface ConfirmStepProps {
  dock: Dock;
  stay: Stay;
  boat: Boat;
}

/** The verdict, its conditions, the price, and the one button that books. */
export function ConfirmStep({ dock, stay, boat }: ConfirmStepProps) {
  const { http, platform, router, prefs } = useApp();
  const quote = useResource(
    `${dock.id} ${stay.from} ${stay.to} ${boat.id}`,
    (abort) => readBoatQuote(http, dock.id, stay, boat.id, abort),
  );
  const checkout = useMemo(
    () => createCheckout(http, platform.tab, platform.newKey, dock.id, () => navigator.onLine),
    [http, dock.id],
  );
  const [hasAccepted, setAccepted] = useState(false);
  const { status, value, error } = quote.state.value;
  const outcome = checkout.outcome.value;

  async function retry(): Promise<void> {
    const booking = await checkout.retry();
    if (booking) router.go(`/bookings/${booking.id}`, true);
  }

  async function book(offer: QuoteAnswer): Promise<void> {
    const booking = await checkout.book({
      dockId: dock.id,
      ...stay,
      boatId: boat.id,
      quote: offer.quote,
      ...(hasAccepted && { acceptConditions: true }),
    });
    if (booking) return router.go(`/bookings/${booking.id}`, true);
    const refused = checkout.outcome.value;
    // What is shown must be what will be asked for next.
    if (refused.kind === "price-changed" && refused.quote) quote.set(refused.quote);
    else if (refused.kind === "price-changed" || isOldQuote(refused)) await quote.load();
  }

  // Its own nights may be what the calendar shows as taken: this comes before everything else.
  const isUnanswered = outcome.kind === "failed" && outcome.mayHaveWorked;
  if (isUnanswered || (outcome.kind === "none" && checkout.hasPending())) {
    return (
      <section class="card stack" role="alert">
        <p class="notice care">
          <CareIcon /> {words.mayHaveWorked}
        </p>
        <button type="button" class="button primary wide" onClick={() => void retry()}>
          {words.again}
        </button>
      </section>
    );
  }
  if (status === "failed") {
    return <FailureBox error={error} onRetry={() => void quote.load()} />;
  }
  if (!value) return <div class="skeleton" style={{ height: "280px" }} />;
  if (outcome.kind === "taken" || !value.free) {
    return <NearestDocks dock={dock} stay={stay} outcome={outcome} />;
  }
  const { fit } = value;
  const needsYes = fit.verdict === "conditional";
  const isRequest = !dock.instantBook || fit.verdict === "unknown";
  const isSending = outcome.kind === "sending";
  return (
    <>
      <section class="card stack">
        <div class="row between">
          <h2>{words.fit}</h2>
          <FitBadge fit={fit} />
        </div>
        <FitReasons
          fit={fit}
          unit={prefs.value.value.unit}
          locale={platform.locale}
          timeZone={dock.timeZone}
        />
        {needsYes && (
          <label class="check">
            <input
              type="checkbox"
              checked={hasAccepted}
              onChange={(event) => setAccepted(event.currentTarget.checked)}
            />
            <b>{words.accept}</b>
          </label>
        )}
        {fit.verdict === "unknown" && <p class="notice">{words.unknown}</p>}
      </section>
      <section class="card stack">
        <h2>{words.price}</h2>
        <QuoteLines {...value} locale={platform.locale} />
        <p class="muted small">
          {words.policy(policyWords[dock.cancellationPolicy])}.
          {` ${
            dock.collection === "at_dock"
              ? words.payAshore
              : isRequest
              ? words.payRequest
              : words.payNext
          }`}
        </p>
        <div aria-live="assertive" class="stack">
          <Refusal checkout={checkout} />
        </div>
        <button
          type="button"
          class="button primary wide"
          disabled={isSending || fit.verdict === "no" || (needsYes && !hasAccepted)}
          onClick={() => void book(value)}
        >
          {isSending
            ? words.sending
            : isRequest
            ? words.request
            : dock.collection === "online"
            ? words.bookAndPay
            : words.book}
        </button>
      </section>
    </>
  );
}

function Refusal({ checkout }: { checkout: Checkout }) {
  const outcome = checkout.outcome.value;
  if (outcome.kind === "failed") return <FailureBox error={outcome.error} />;
  return outcome.kind === "price-changed"
    ? (
      <p class="notice care">
        <CareIcon /> {words.priceChanged}
      </p>
    )
    : null;
}

function isOldQuote(outcome: Checkout["outcome"]["value"]): boolean {
  return outcome.kind === "failed" && outcome.error instanceof Error && "code" in outcome.error &&
    String(outcome.error.code).startsWith("quote-");
}
