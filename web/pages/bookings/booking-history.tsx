import { useState } from "preact/hooks";
import type { Booking } from "../../../shared/booking.ts";
import type { BookingEvent } from "../../../shared/stay-change.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { readBookingHistory } from "../../store/booking-history.ts";
import { formatMoney } from "../../text/format.ts";
import { formatInstant } from "../../text/format-time.ts";
import { useResource } from "../use-resource.ts";
import { eventWords, roleWords, words } from "./change-words.ts";

/** What happened to a booking, read when it is opened. */
export function BookingHistory({ booking }: { booking: Booking }) {
  const { http } = useApp();
  const [isOpen, setOpen] = useState(false);
  const { id, version } = booking;
  const history = useResource(
    isOpen ? `${id} ${version}` : null,
    (signal) => readBookingHistory(http, id, signal),
  );
  const { status, value, error } = history.state.value;
  return (
    <details class="history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.history}</summary>
      {isOpen && status === "failed" && (
        <FailureBox
          error={error}
          onRetry={() => void history.load()}
        />
      )}
      {isOpen && !value && status === "waiting" && <div class="skeleton history-waiting" />}
      {value && (
        <ol class="history-list">
          {value.map((event) => <Line key={event.version} event={event} booking={booking} />)}
        </ol>
      )}
    </details>
  );
}

function Line({ event, booking }: { event: BookingEvent; booking: Booking }) {
  const { platform: { locale } } = useApp();
  const { actor, at, kind } = event;
  return (
    <li>
      <time class="num" dateTime={at}>{formatInstant(at, booking.dock.timeZone, locale)}</time>
      <span>
        <b>{eventWords[kind] ?? kind}</b> <span class="muted">{roleWords[actor.role]}</span>
        {amountOf(event) !== null && (
          <span class="num">{" "}{formatMoney(amountOf(event)!, booking.currency, locale)}</span>
        )}
      </span>
    </li>
  );
}

/** The one amount that says most of what an event moved. */
function amountOf({ amounts }: BookingEvent): number | null {
  for (const name of ["amountMinor", "capturedMinor", "refundMinor", "dueMinor", "keptMinor"]) {
    const amount = amounts?.[name];
    if (typeof amount === "number" && amount > 0) return amount;
  }
  return null;
}
