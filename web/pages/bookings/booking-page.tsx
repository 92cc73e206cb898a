import { useEffect, useMemo, useState } from "preact/hooks";
import type { Me } from "../../../shared/api.ts";
import type { Booking } from "../../../shared/booking.ts";
import { BookingStatusBadge } from "../../components/booking-status.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { MessageIcon } from "../../components/icons.tsx";
import { QuoteLines } from "../../components/quote-lines.tsx";
import { useModule } from "../../components/use-module.ts";
import { useApp } from "../../store/app-context.ts";
import { canChange, isPayable } from "../../store/booking-money.ts";
import { createBookingRoom } from "../../store/booking-room.ts";
import type { BookingRoom } from "../../store/booking-room.ts";
import { partnerIn } from "../../store/own-threads.ts";
import { dockHref } from "../../store/search-query.ts";
import { kindWords } from "../../text/dock-words.ts";
import { formatInstant, formatUntil } from "../../text/format-time.ts";
import type { PageProps } from "../routes.tsx";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useLinkStatus } from "../use-link-status.ts";
import { useTitle } from "../use-title.ts";
import { BookingHistory } from "./booking-history.tsx";
import { BookingFacts } from "./booking-facts.tsx";
import { BookingMoney } from "./booking-money.tsx";
import { BookingMoves } from "./booking-moves.tsx";
import { BookingTimeline } from "./booking-timeline.tsx";
import { liveWords, statusSentence, words } from "./bookings-words.ts";
import { words as changeWords } from "./change-words.ts";
import { HostCare } from "./host-care.tsx";
import { words as moneyWords } from "./money-words.ts";
import "./booking-page.css";

const loadChat = () => import("../threads/chat-panel.tsx");
const loadChange = () => import("./change-stay.tsx");
const loadPayment = () => import("./payment-panel.tsx");
const WIDE = "(min-width: 1000px)";
/** How often "in 3 minutes" is looked at again. */
const CLOCK_MS = 20_000;

/** One booking, for its guest and its host; it changes as the other one acts. */
export default function BookingPage({ params }: PageProps) {
  useTitle(words.title);
  return (
    <SignedIn why={words.why}>
      {(me) => <OneBooking key={me.id} me={me} id={params["id"] ?? ""} />}
    </SignedIn>
  );
}

function OneBooking({ me, id }: { me: Me; id: string }) {
  const { http, platform } = useApp();
  const room = useMemo(
    () => createBookingRoom({ http, bookingId: id, newKey: () => platform.newKey() }),
    [http, platform, id],
  );
  useEffect(() => {
    room.open();
    return room.close;
  }, [room]);
  const isWide = useIsWide();
  const chat = useModule(loadChat, isWide);
  const { value: booking, error } = room.state.value;
  useTitle(booking ? words.booking(booking.dock.name) : words.title);
  if (!booking) {
    if (!error) return <PageSkeleton />;
    return (
      <div class="page narrow stack">
        <h1>{words.title}</h1>
        <FailureBox error={error} onRetry={() => void room.load()} />
      </div>
    );
  }
  const { lines, currency, totalMinor, depositMinor, dock, role, threadId } = booking;
  const partner = role === "admin" ? undefined : partnerIn(booking, me.id);
  return (
    <div class="page booking">
      <div class="booking-main stack">
        <header class="stack">
          <div class="row between">
            <h1>{dock.name}</h1>
            <BookingStatusBadge status={booking.status} />
          </div>
          <p class="muted">
            {words.where(kindWords[dock.kind], dock.harbourName)} ·{" "}
            <a href={`/docks/${booking.dockId}`}>{words.dock}</a>
          </p>
        </header>
        <Standing booking={booking} room={room} />
        {partner && !isWide && (
          <a class="button wide" href={`/threads/${threadId}`}>
            <MessageIcon />
            {words.talk(partner.name)}
          </a>
        )}
        <section class="stack" aria-labelledby="booking-stay">
          <h2 id="booking-stay">{words.stay}</h2>
          <BookingFacts booking={booking} />
        </section>
        <section class="stack booking-price" aria-labelledby="booking-price">
          <h2 id="booking-price">{words.price}</h2>
          <QuoteLines
            lines={lines}
            currency={currency}
            totalMinor={totalMinor}
            depositMinor={depositMinor}
            locale={platform.locale}
          />
        </section>
        <section class="stack" aria-labelledby="booking-money">
          <h2 id="booking-money">{moneyWords.title}</h2>
          <BookingMoney booking={booking} />
        </section>
        <BookingHistory booking={booking} />
      </div>
      {partner && isWide && (
        <aside class="booking-chat" aria-label={words.messages}>
          {chat && <chat.ChatPanel threadId={threadId} myId={me.id} partner={partner} />}
        </aside>
      )}
    </div>
  );
}

/** Where it stands, how it goes on, and what the reader can do about it. */
function Standing({ booking, room }: { booking: Booking; room: BookingRoom }) {
  const { platform } = useApp();
  const now = useClock();
  const { locale } = platform;
  const { deadline, checkInAt, dock } = booking;
  const mustPay = isPayable(booking);
  const payment = useModule(loadPayment, mustPay);
  const [isChanging, setChanging] = useState(false);
  const mayChange = canChange(booking);
  const change = useModule(loadChange, isChanging && mayChange);
  const live = liveWords[useLinkStatus(room.status.value)];
  return (
    <section class="card stack booking-standing" aria-label={words.course}>
      <output class="booking-sentence">
        {statusSentence(booking, {
          until: deadline ? formatUntil(deadline, now, locale) : "",
          arrival: formatInstant(checkInAt, dock.timeZone, locale),
        })}
      </output>
      {mustPay && (payment
        ? <payment.PaymentPanel booking={booking} room={room} />
        : <div class="skeleton booking-pay-waiting" />)}
      <BookingTimeline booking={booking} />
      {booking.role === "guest" && booking.firstRefusalUntil && mayChange && (
        <p class="notice good">
          {changeWords.refusalGuest(
            formatInstant(booking.firstRefusalUntil, dock.timeZone, locale),
          )}
        </p>
      )}
      <BookingMoves booking={booking} room={room} nowMs={now} hidesRefusal={isChanging}>
        {mayChange && !isChanging && (
          <button
            type="button"
            class="button"
            onClick={() => setChanging(true)}
          >
            {changeWords.open}
          </button>
        )}
      </BookingMoves>
      {mayChange && isChanging && (change
        ? (
          <change.ChangeStay
            booking={booking}
            room={room}
            nowMs={now}
            onClose={() => setChanging(false)}
          />
        )
        : <div class="skeleton change-waiting" />)}
      <HostCare booking={booking} room={room} nowMs={now} />
      {booking.status === "expired" && booking.role === "guest" && (
        <p>
          <a class="button primary" href={dockHref(booking.dockId, { ...booking, vessel: {} })}>
            {words.anew}
          </a>
        </p>
      )}
      <output class="muted small">{live}</output>
    </section>
  );
}

/** Whether the conversation has its place beside the booking; else there is a link to it. */
function useIsWide(): boolean {
  const [isWide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const media = matchMedia(WIDE);
    const changed = () => setWide(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, []);
  return isWide;
}

/** The instant, now and then anew. */
function useClock(): number {
  const { platform } = useApp();
  const [now, setNow] = useState(() => platform.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(platform.now()), CLOCK_MS);
    return () => clearInterval(timer);
  }, [platform]);
  return now;
}
