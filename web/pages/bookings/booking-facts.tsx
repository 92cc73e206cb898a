import type { Booking } from "../../../shared/booking.ts";
import { nightCount } from "../../../shared/stay.ts";
import { Facts } from "../../components/facts.tsx";
import { useApp } from "../../store/app-context.ts";
import { formatLength, formatStay } from "../../text/format.ts";
import { formatInstant } from "../../text/format-time.ts";
import { policyWords } from "../../text/host-words.ts";
import { plural } from "../../text/plural.ts";
import { formatPosition } from "../../text/position-text.ts";
import { words } from "./bookings-words.ts";

/** What one needs to know of a stay to arrive, and to be expected. */
export function BookingFacts({ booking }: { booking: Booking }) {
  const { platform, prefs } = useApp();
  const { locale } = platform;
  const { unit } = prefs.value.value;
  const { boat, dock, spanCm, from, to } = booking;
  // A number stays beside its unit.
  const length = (cm: number) => formatLength(cm, unit, locale).replaceAll(" ", "\u00a0");
  const time = (instant: string) => formatInstant(instant, dock.timeZone, locale);
  return (
    <>
      <Facts
        rows={[
          [words.dates, formatStay(from, to, locale)],
          [words.length, plural(nightCount(booking), words.nights, locale)],
          [words.arrive, words.arriveFrom(time(booking.checkInAt))],
          [words.leave, words.leaveBy(time(booking.checkOutAt))],
          [
            booking.role === "host" ? words.guest : words.host,
            (booking.role === "host" ? booking.guest : booking.host).name,
          ],
          [words.boat, boat.name],
          [words.loa, length(boat.loaCm)],
          [words.beam, length(boat.beamCm)],
          [words.draft, length(boat.draftCm)],
          [words.vhf, dock.vhfChannel],
          [words.position, formatPosition(dock.lat, dock.lon)],
          [words.quay, spanCm && words.alongQuay(length(spanCm[0]), length(spanCm[1]))],
          [
            words.pay,
            booking.collection === "at_dock" ? words.payAtDock : words.payOnline,
          ],
          [words.policy, policyWords[booking.cancellationPolicy]],
        ]}
      />
      <p class="muted small">{words.zone(dock.timeZone)}</p>
    </>
  );
}
