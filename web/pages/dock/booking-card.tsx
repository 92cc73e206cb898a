import type { Dock } from "../../../shared/dock.ts";
import { CareIcon } from "../../components/icons.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { QuoteLines } from "../../components/quote-lines.tsx";
import { useApp } from "../../store/app-context.ts";
import type { DockVisit } from "../../store/dock-visit.ts";
import { formatMoney, formatStay } from "../../text/format.ts";
import { BoatPicker } from "../search/boat-picker.tsx";
import { words } from "./dock-words.ts";

interface BookingCardProps {
  dock: Dock;
  visit: DockVisit;
  onMessage(): void;
  isOpeningThread: boolean;
}

/** Nights, boat, the price with its lines, and the way to book. */
export function BookingCard({ dock, visit, onMessage, isOpeningThread }: BookingCardProps) {
  const { prefs, platform, session } = useApp();
  const { locale } = platform;
  const { boat } = prefs.value.value;
  const stay = visit.stay.value;
  const isOwn = session.me.value?.id === dock.host.id;
  return (
    <aside class="card stack booking-card" aria-label={words.price}>
      <a class="booking-dates" href="#nights">
        <span class="search-label">{words.nights}</span>
        <b>{stay ? formatStay(stay.from, stay.to, locale) : words.choose}</b>
      </a>
      <BoatPicker
        vessel={boat?.vessel ?? {}}
        triggerClass="search-part booking-boat"
        // The choice is in the preferences, which the page watches.
        onChange={() => undefined}
      />
      <div aria-live="polite" class="stack">
        <Price dock={dock} visit={visit} hasBoat={boat?.vessel.loaCm !== undefined} />
      </div>
      {isOwn
        ? (
          <p class="notice">
            {words.own}. <a href={`/host/docks/${dock.id}`}>{words.manage}</a>
          </p>
        )
        : (
          <button type="button" class="button wide" disabled={isOpeningThread} onClick={onMessage}>
            {words.message}
          </button>
        )}
    </aside>
  );
}

function Price({ dock, visit, hasBoat }: { dock: Dock; visit: DockVisit; hasBoat: boolean }) {
  const { platform } = useApp();
  const stay = visit.stay.value;
  const { status, value: quote, error } = visit.quote.value;
  if (!stay) return <p class="muted">{words.priceNeedsStay}</p>;
  if (!hasBoat) return <p class="muted">{words.priceNeedsBoat}</p>;
  if (status === "failed") return <FailureBox error={error} />;
  if (!quote) return <div class="skeleton" style={{ height: "148px" }} />;
  const isRequest = !dock.instantBook || quote.fit.verdict === "unknown";
  const canBook = quote.free && quote.fit.verdict !== "no" && dock.status === "published";
  return (
    <>
      <QuoteLines {...quote} locale={platform.locale} />
      {!quote.free && (
        <p class="notice bad">
          <CareIcon /> {words.taken}
        </p>
      )}
      {canBook && (
        <>
          <a
            class="button primary wide"
            href={`/docks/${dock.id}/book?from=${stay.from}&to=${stay.to}`}
          >
            {isRequest ? words.request : words.book}
          </a>
          <p class="muted small">
            {dock.collection === "at_dock" && `${words.payAshore} `}
            {isRequest && (dock.instantBook ? words.unknownHint : words.requestHint)}
          </p>
        </>
      )}
    </>
  );
}

/** What stays under the thumb on a phone: the total, and the way to the card. */
export function PriceBar({ dock, visit }: { dock: Dock; visit: DockVisit }) {
  const { platform } = useApp();
  const quote = visit.quote.value.value;
  const stay = visit.stay.value;
  if (!quote || !stay || !quote.free || quote.fit.verdict === "no") return null;
  return (
    <div class="price-bar">
      <b class="num">{formatMoney(quote.totalMinor, quote.currency, platform.locale)}</b>
      <a
        class="button primary"
        href={`/docks/${dock.id}/book?from=${stay.from}&to=${stay.to}`}
      >
        {dock.instantBook && quote.fit.verdict !== "unknown" ? words.book : words.request}
      </a>
    </div>
  );
}
