import type { Message } from "../../../shared/chat.ts";
import { bookingNoteText } from "../../../shared/booking-note.ts";
import { useApp } from "../../store/app-context.ts";
import { formatDate } from "../../text/format-time.ts";
import { formatClock } from "../../text/message-time.ts";

/** What the product itself says among the messages: a booking's move, and when. */
export function BookingLine({ message }: { message: Message }) {
  const { platform: { locale, now } } = useApp();
  const { seq, booking, text, sentAt } = message;
  const thisYear = new Date(now()).getFullYear();
  return (
    <p class="chat-row chat-note" data-seq={seq}>
      {booking
        ? (
          <>
            <a href={`/bookings/${booking.bookingId}`}>{bookingNoteText(booking.status)}</a>
            <span>
              {formatDate(booking.from, locale, thisYear)} –{" "}
              {formatDate(booking.to, locale, thisYear)}
            </span>
          </>
        )
        : <span>{text}</span>}
      <time class="num" dateTime={sentAt}>{formatClock(Date.parse(sentAt), locale)}</time>
    </p>
  );
}
