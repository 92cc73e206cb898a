import { useState } from "preact/hooks";
import { canMove } from "../../../shared/booking.ts";
import type { Booking } from "../../../shared/booking.ts";
import { nightCount } from "../../../shared/stay.ts";
import { useApp } from "../../store/app-context.ts";
import { waitsForCard } from "../../store/booking-money.ts";
import type { Answer } from "../../store/host-desk.ts";
import { failureWords } from "../../text/failures.ts";
import { formatLength, formatMoney, formatStay } from "../../text/format.ts";
import { formatUntil } from "../../text/format-time.ts";
import { countNights, words } from "./host-words.ts";

interface BookingCardProps {
  booking: Booking;
  isAnswering?: boolean;
  /** Was answered just now: what became of it is told. */
  isAnswered?: boolean;
  refusal?: unknown;
  onAnswer?: (move: Answer) => void;
}

/** One booking of a host's dock; a request with its two answers. */
export function BookingCard(
  { booking, isAnswering, isAnswered, refusal, onAnswer }: BookingCardProps,
) {
  const { platform, prefs } = useApp();
  const [isDeclining, setDeclining] = useState(false);
  const { locale } = platform;
  const { unit } = prefs.value.value;
  const length = (cm: number) => formatLength(cm, unit, locale);
  const { boat, deadline } = booking;
  const mustWait = waitsForCard(booking);
  const isOpen = onAnswer && canMove("accept", booking.status, booking.role);
  return (
    <article class="host-booking">
      <div class="host-booking-text">
        <h3>
          <a href={`/bookings/${booking.id}`}>{formatStay(booking.from, booking.to, locale)}</a>
        </h3>
        <p>{booking.guest.name} · {booking.dock.name}, {booking.dock.harbourName}</p>
        <p class="muted small">
          {words.boat(boat.name, length(boat.loaCm), length(boat.beamCm), length(boat.draftCm))}
        </p>
      </div>
      <p class="host-booking-price num">
        <b>{formatMoney(booking.totalMinor, booking.currency, locale)}</b>
        <span class="muted small">{countNights(nightCount(booking), locale)}</span>
      </p>
      {isOpen && (
        <div class="host-booking-answer">
          {mustWait && (
            <span id={`waits-${booking.id}`} class="muted small">{words.acceptWaits}</span>
          )}
          {deadline && (
            <span class="muted small">
              {words.answerBy(formatUntil(deadline, platform.now(), locale))}
            </span>
          )}
          {isDeclining
            ? (
              <fieldset class="row">
                <legend class="sr-only">{words.declineSure}</legend>
                <span class="small" aria-hidden="true">{words.declineSure}</span>
                <button type="button" class="button small" onClick={() => setDeclining(false)}>
                  {words.declineNo}
                </button>
                <button
                  type="button"
                  class="button small danger"
                  disabled={isAnswering}
                  onClick={() => onAnswer("decline")}
                >
                  {isAnswering ? words.answering : words.declineYes}
                </button>
              </fieldset>
            )
            : (
              <div class="row">
                <button type="button" class="button small" onClick={() => setDeclining(true)}>
                  {words.decline}
                </button>
                <button
                  type="button"
                  class="button small primary"
                  disabled={isAnswering || mustWait}
                  aria-describedby={mustWait ? `waits-${booking.id}` : undefined}
                  onClick={() => onAnswer("accept")}
                >
                  {isAnswering ? words.answering : words.accept}
                </button>
              </div>
            )}
        </div>
      )}
      {isAnswered && !isOpen && refusal === undefined && (
        <output class={booking.status === "confirmed" ? "notice good" : "notice"}>
          {booking.status === "confirmed" ? words.accepted : words.declined}
        </output>
      )}
      {refusal !== undefined && (
        <p class="notice bad" role="alert">
          {booking.status === "cancelled" ? words.withdrawn : failureWords(refusal)}
        </p>
      )}
    </article>
  );
}
