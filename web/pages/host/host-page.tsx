import { useEffect, useMemo } from "preact/hooks";
import type { Booking } from "../../../shared/booking.ts";
import type { HostDock } from "../../api/host-api.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { sortBookings } from "../../store/host-bookings.ts";
import { watchBookings } from "../../store/inbox-news.ts";
import { createHostDesk } from "../../store/host-desk.ts";
import type { HostDesk } from "../../store/host-desk.ts";
import { hasDraft } from "../../store/host-draft.ts";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useTitle } from "../use-title.ts";
import { BookingCard } from "./booking-card.tsx";
import { FirstDock } from "./first-dock.tsx";
import { HostDockCard } from "./host-dock-card.tsx";
import { words } from "./host-words.ts";
import "./host.css";

/** A host's desk: requests to answer, bookings to come, docks. */
export default function HostPage() {
  useTitle(words.title);
  return <SignedIn why={words.why}>{(me) => <Desk key={me.id} personId={me.id} />}</SignedIn>;
}

function Desk({ personId }: { personId: string }) {
  const { http, platform } = useApp();
  const desk = useMemo(() => createHostDesk(http, () => platform.newKey()), [http, platform]);
  useEffect(() => {
    void desk.load();
    // Who comes back to the tab wants to see what came in meanwhile.
    const shown = () => document.visibilityState === "visible" && void desk.load();
    document.addEventListener("visibilitychange", shown);
    const leave = watchBookings({ http, onNews: () => void desk.load() });
    return () => {
      leave();
      document.removeEventListener("visibilitychange", shown);
    };
  }, [desk, http]);

  const status = desk.status.value;
  const docks = desk.docks.value;
  const hasBegun = useMemo(() => hasDraft(platform.local, personId), [platform, personId]);
  if (status === "waiting") return <PageSkeleton />;
  if (status === "failed" && docks.length === 0) {
    return (
      <div class="page narrow">
        <FailureBox error={desk.error.value} onRetry={() => void desk.load()} />
      </div>
    );
  }
  if (docks.length === 0 && desk.bookings.value.length === 0) {
    return <FirstDock hasBegun={hasBegun} />;
  }
  return (
    <div class="page stack host-page">
      <div class="row between">
        <h1>{words.title}</h1>
        <div class="row">
          <a class="button" href="/payouts">{words.earnings}</a>
          <a class="button primary" href="/host/docks/new">{words.newDock}</a>
        </div>
      </div>
      {hasBegun && (
        <p class="notice">
          <span>
            {words.oneDraft} <a href="/host/docks/new">{words.goOn}</a>
          </span>
        </p>
      )}
      <Bookings desk={desk} />
      <Docks docks={docks} />
    </div>
  );
}

function Bookings({ desk }: { desk: HostDesk }) {
  const { platform } = useApp();
  const { requests, here, coming } = sortBookings(
    desk.bookings.value,
    platform.now(),
    desk.answered.value,
  );
  const cards = (bookings: readonly Booking[]) => (
    <ul class="host-cards">
      {bookings.map((booking) => (
        <li key={booking.id}>
          <BookingCard
            booking={booking}
            isAnswering={desk.answering.value === booking.id}
            refusal={desk.refusals.value[booking.id]}
            isAnswered={desk.answered.value.has(booking.id)}
            onAnswer={(move) => void desk.answer(booking, move)}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {([["requests", requests], ["here", here], ["coming", coming]] as const).map(
        ([name, bookings]) =>
          bookings.length > 0 && (
            <section key={name} class="stack" aria-labelledby={`host-${name}`}>
              <h2 id={`host-${name}`}>{words[name]}</h2>
              {cards(bookings)}
            </section>
          ),
      )}
      {requests.length + here.length + coming.length === 0 && (
        <p class="muted">{words.noBookingsYet}</p>
      )}
    </>
  );
}

function Docks({ docks }: { docks: readonly HostDock[] }) {
  const { platform, prefs } = useApp();
  return (
    <section class="stack" aria-labelledby="host-docks">
      <h2 id="host-docks">{words.docks}</h2>
      <ul class="host-cards">
        {docks.map((dock) => (
          <li key={dock.id}>
            <HostDockCard dock={dock} unit={prefs.value.value.unit} locale={platform.locale} />
          </li>
        ))}
      </ul>
    </section>
  );
}
