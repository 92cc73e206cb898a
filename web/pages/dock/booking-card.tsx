import type { PartialVessel } from "../../../shared/boat.ts";
import type { Dock } from "../../../shared/dock.ts";
import { CareIcon } from "../../components/icons.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { QuoteLines } from "../../components/quote-lines.tsx";
import { useApp } from "../../store/app-context.ts";
import type { DockVisit } from "../../store/dock-visit.ts";
import { formatMoney, formatStay } from "../../text/format.ts";
import type { ChosenBoat } from "../../store/prefs.ts";
import { bookHref } from "../../store/search-query.ts";
import { BoatPicker } from "../search/boat-picker.tsx";
import { words } from "./dock-words.ts";

interface BookingCardProps {
  dock: Dock;
  visit: DockVisit;
  boat: ChosenBoat | null;
  onBoat(vessel: PartialVessel): void;
  onMessage(): void;
  isOpeningThread: boolean;
}

/** Nights, boat, the price with its lines, and the way to book. */
export function BookingCard(props: BookingCardProps) {
  const { dock, visit, boat, onBoat, onMessage, isOpeningThread } = props;
  const { platform, session } = useApp();
  const { locale } = platform;
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
        onChange={onBoat}
      />
      <div aria-live="polite" class="stack">
        <Price dock={dock} visit={visit} boat={boat} />
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

type PriceProps = Pick<BookingCardProps, "dock" | "visit" | "boat">;

function Price({ dock, visit, boat }: PriceProps) {
  const { platform } = useApp();
  const stay = visit.stay.value;
  const { status, value: quote, error } = visit.quote.value;
  if (!stay) return <p class="muted">{words.priceNeedsStay}</p>;
  if (boat?.vessel.loaCm === undefined) return <p class="muted">{words.priceNeedsBoat}</p>;
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
            href={bookHref(dock.id, { ...stay, vessel: boat.vessel })}
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
export function PriceBar({ dock, visit, boat }: PriceProps) {
  const { platform } = useApp();
  const quote = visit.quote.value.value;
  const stay = visit.stay.value;
  if (!quote || !stay || !quote.free || quote.fit.verdict === "no") return null;
  return (
    <div class="price-bar">
      <b class="num">{formatMoney(quote.totalMinor, quote.currency, platform.locale)}</b>
      <a
        class="button primary"
        href={bookHref(dock.id, { ...stay, vessel: boat?.vessel ?? {} })}
      >
        {dock.instantBook && quote.fit.verdict !== "unknown" ? words.book : words.request}
      </a>
    </div>
  );
}
