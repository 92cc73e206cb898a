import type { Booking } from "../../../shared/booking.ts";
import { refundSteps } from "../../../shared/cancellation.ts";
import { Facts } from "../../components/facts.tsx";
import { useApp } from "../../store/app-context.ts";
import { cancellationOf, owedDepositMinor } from "../../store/booking-money.ts";
import { formatMoney } from "../../text/format.ts";
import { formatInstant } from "../../text/format-time.ts";
import { policyWords } from "../../text/host-words.ts";
import { words } from "./bookings-words.ts";

interface GivenBackProps {
  booking: Booking;
  nowMs: number;
  move: "cancel" | "no-show";
}

/** What a cancellation gives back now, to the cent, before it is asked for. */
export function GivenBackLines({ booking, nowMs, move }: GivenBackProps) {
  const { platform: { locale } } = useApp();
  if (booking.collection === "at_dock") return <p>{words.cancelFree}</p>;
  const { backMinor, keptMinor, releasedMinor } = cancellationOf(booking, nowMs, move);
  const money = (minor: number) => formatMoney(minor, booking.currency, locale);
  if (backMinor + keptMinor + releasedMinor === 0) return <p>{words.cancelUnpaid}</p>;
  const deposit = backMinor > 0 ? owedDepositMinor(booking) : 0;
  const isByPolicy = booking.status === "confirmed" && booking.role === "guest";
  return (
    <div class="stack given-back">
      <Facts
        rows={[
          [
            booking.role === "guest" ? words.backGuest : words.backHost,
            releasedMinor === 0 && <b class="num">{money(backMinor)}</b>,
          ],
          [words.kept, keptMinor > 0 && <b class="num">{money(keptMinor)}</b>],
          [words.released, releasedMinor > 0 && <b class="num">{money(releasedMinor)}</b>],
        ]}
      />
      {(deposit > 0 || isByPolicy || backMinor > 0) && (
        <p class="muted small">
          {deposit > 0 && `${words.ofWhichDeposit(money(deposit))} `}
          {isByPolicy && `${policySentence(booking, locale)} `}
          {backMinor > 0 && words.backSoon}
        </p>
      )}
    </div>
  );
}

/** A booking's own terms with their last moments, by the dock's clock. */
export function policySentence(booking: Booking, locale: string): string {
  const { cancellationTiers, policyFrom, cancellationPolicy, dock } = booking;
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const steps = refundSteps(cancellationTiers, Date.parse(policyFrom)).map((step) =>
    words.policyStep(
      percent.format(step.percent / 100),
      formatInstant(new Date(step.untilMs).toISOString(), dock.timeZone, locale),
    )
  );
  return words.policyUntil(
    policyWords[cancellationPolicy],
    `${[...steps, words.policyLater].join("; ")}`,
  );
}
