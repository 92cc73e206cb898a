import { useEffect } from "preact/hooks";
import type { Me } from "../../../shared/api.ts";
import type { Booking } from "../../../shared/booking.ts";
import { nightCount } from "../../../shared/stay.ts";
import { BookingStatusBadge } from "../../components/booking-status.tsx";
import { DockPlan } from "../../components/dock-plan.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { StayIcon } from "../../components/icons.tsx";
import { useApp } from "../../store/app-context.ts";
import { watchNews } from "../../store/inbox-news.ts";
import { readOwnStays, sortStays } from "../../store/own-stays.ts";
import { formatMoney, formatStay } from "../../text/format.ts";
import { formatUntil } from "../../text/format-time.ts";
import { plural } from "../../text/plural.ts";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { words } from "./bookings-words.ts";
import "./stays-page.css";

/** The stays that the signed-in guest has booked. */
export default function StaysPage() {
  useTitle(words.title);
  return <SignedIn why={words.why}>{(me) => <Stays key={me.id} me={me} />}</SignedIn>;
}

function Stays({ me }: { me: Me }) {
  const { http, platform } = useApp();
  const stays = useResource(me.id, (signal) => readOwnStays(http, signal));
  useEffect(() => watchNews({ http, onNews: () => void stays.load() }), [http, stays]);

  const { value, error } = stays.state.value;
  if (!value) {
    if (!error) return <PageSkeleton />;
    return (
      <div class="page narrow">
        <FailureBox error={error} onRetry={() => void stays.load()} />
      </div>
    );
  }
  if (value.length === 0) return <Empty />;
  const { ahead, past } = sortStays(value, platform.now());
  return (
    <div class="page narrow stack stays">
      <div class="row between">
        <h1>{words.title}</h1>
        <a href="/stays/statement">{words.statement}</a>
      </div>
      <section class="stack" aria-labelledby="stays-ahead">
        <h2 id="stays-ahead">{words.ahead}</h2>
        {ahead.length > 0 ? <StayList bookings={ahead} /> : (
          <p class="muted">
            {words.noneAhead} <a href="/">{words.find}</a>
          </p>
        )}
      </section>
      {past.length > 0 && (
        <section class="stack" aria-labelledby="stays-past">
          <h2 id="stays-past">{words.past}</h2>
          <StayList bookings={past} />
        </section>
      )}
    </div>
  );
}

function Empty() {
  return (
    <div class="page narrow stack">
      <h1>{words.title}</h1>
      <div class="stays-empty card stack">
        <StayIcon size={32} />
        <h2>{words.none}</h2>
        <p class="muted">{words.noneText}</p>
        <a class="button primary" href="/">{words.find}</a>
      </div>
    </div>
  );
}

function StayList({ bookings }: { bookings: readonly Booking[] }) {
  return (
    <ul class="stay-list">
      {bookings.map((booking) => (
        <li key={booking.id}>
          <StayLink booking={booking} />
        </li>
      ))}
    </ul>
  );
}

function StayLink({ booking }: { booking: Booking }) {
  const { platform } = useApp();
  const { locale } = platform;
  const { dock, from, to, status, deadline } = booking;
  return (
    <a class="stay-link" href={`/bookings/${booking.id}`}>
      <span class="stay-picture">
        <DockPlan id={booking.dockId} kind={dock.kind} />
      </span>
      <span class="stay-text">
        <b>{formatStay(from, to, locale)}</b>
        <span>{dock.name}, {dock.harbourName}</span>
        <span class="muted small num">
          {plural(nightCount(booking), words.nights, locale)} · {booking.boat.name} ·{" "}
          {formatMoney(booking.totalMinor, booking.currency, locale)}
        </span>
        <span class="row stay-state">
          <BookingStatusBadge status={status} />
          {deadline && (
            <span class="muted small">
              {words.answer(formatUntil(deadline, platform.now(), locale))}
            </span>
          )}
        </span>
      </span>
    </a>
  );
}
