import type { Booking } from "../../../shared/booking.ts";
import { Facts } from "../../components/facts.tsx";
import { useApp } from "../../store/app-context.ts";
import { owedDepositMinor, paidMinor } from "../../store/booking-money.ts";
import { formatMoney } from "../../text/format.ts";
import { words } from "./money-words.ts";

/** How a stay's money stands, live, and its receipt. */
export function BookingMoney({ booking }: { booking: Booking }) {
  const { platform: { locale } } = useApp();
  const { payment, currency, depositKept, depositMinor, id, collection } = booking;
  const money = (minor: number) => <span class="num">{formatMoney(minor, currency, locale)}</span>;
  const paid = paidMinor(booking);
  const isPending = payment?.status === "authorised" || payment?.status === "processing" ||
    payment?.status === "open";
  const deposit = owedDepositMinor(booking);
  return (
    <>
      <output class="booking-pay-state">
        {collection === "at_dock"
          ? words.ashore
          : payment
          ? words.states[stateOf(booking)](booking.host.name)
          : words.noCard}
      </output>
      {payment && (
        <Facts
          rows={[
            [
              words.toPay,
              isPending && payment.status !== "authorised" && money(payment.amountMinor),
            ],
            [words.held, payment.status === "authorised" && money(payment.amountMinor)],
            [words.paid, payment.capturedMinor > 0 && money(payment.capturedMinor)],
            [words.back, payment.refundedMinor > 0 && money(payment.refundedMinor)],
            [words.stays, payment.refundedMinor > 0 && money(paid)],
            [
              words.depositHeld,
              depositMinor > 0 && !depositKept && deposit > 0 && paid > 0 && money(deposit),
            ],
            [
              words.depositKept,
              depositKept && depositKept.keptMinor > 0 && money(depositKept.keptMinor),
            ],
          ]}
        />
      )}
      {depositKept && (
        <p class="muted small">
          {depositKept.keptMinor > 0 ? words.depositWhy(depositKept.reason) : words.depositBack}
        </p>
      )}
      <p>
        <a href={`/api/bookings/${id}/receipt`} target="_blank" rel="noopener">{words.receipt}</a>
      </p>
    </>
  );
}

type State = keyof typeof words.states;

function stateOf({ payment, status, owedMinor }: Booking): State {
  if (!payment) return "open";
  if (payment.status === "cancelled" && payment.capturedMinor === 0) return "cancelled";
  if (payment.purpose === "change" && payment.status === "open") return "change";
  if (payment.capturedMinor === 0) return payment.status;
  const paid = payment.capturedMinor - payment.refundedMinor;
  const isLive = status === "confirmed" || status === "checked_in" || status === "completed";
  if (paid > owedMinor) return "refunding";
  if (!isLive) return paid === 0 ? "refunded" : "part";
  return "captured";
}
