import type { Booking } from "../../../shared/booking.ts";
import { CheckIcon } from "../../components/icons.tsx";
import { useApp } from "../../store/app-context.ts";
import { bookingSteps } from "../../store/booking-steps.ts";
import { formatInstant } from "../../text/format-time.ts";
import { stepWords, words } from "./bookings-words.ts";

/** The steps of a booking, a word and its time each. */
export function BookingTimeline({ booking }: { booking: Booking }) {
  const { platform } = useApp();
  return (
    <ol class="timeline" aria-label={words.course}>
      {bookingSteps(booking).map(({ name, state, at }) => (
        <li
          key={name}
          class={`${state} ${name}`}
          aria-current={state === "now" ? "step" : undefined}
        >
          <span class="timeline-mark">{state === "done" && <CheckIcon size={14} />}</span>
          <b>{stepWords[name]}</b>
          {at && (
            <time class="num" dateTime={at}>
              {formatInstant(at, booking.dock.timeZone, platform.locale)}
            </time>
          )}
        </li>
      ))}
    </ol>
  );
}
