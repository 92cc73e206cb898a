import { useEffect, useMemo } from "preact/hooks";
import type { Booking } from "../../../shared/booking.ts";
import type { Payment } from "../../../shared/payment.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { CareIcon } from "../../components/icons.tsx";
import { useApp } from "../../store/app-context.ts";
import type { BookingRoom } from "../../store/booking-room.ts";
import { forgetCard } from "../../store/card-draft.ts";
import { createCardPayment } from "../../store/card-payment.ts";
import type { CardPayment } from "../../store/card-payment.ts";
import { refusalWords } from "../../text/card-words.ts";
import { formatMoney, formatStay } from "../../text/format.ts";
import { CardForm } from "./card-form.tsx";
import { HoldClock } from "./hold-clock.tsx";
import { words } from "./payment-words.ts";
import { StripeCard } from "./stripe-card.tsx";
import "./payment-panel.css";

interface PaymentPanelProps {
  booking: Booking;
  room: BookingRoom;
}

/** Asks the guest's card for what the booking, or a change of it, costs. */
export function PaymentPanel({ booking, room }: PaymentPanelProps) {
  const { http, platform, router, session } = useApp();
  const { locale } = platform;
  const { id } = booking;
  const paymentId = booking.payment?.id;
  const card = useMemo(
    () =>
      createCardPayment({
        http,
        fetch: platform.fetch,
        bookingId: id,
        newKey: platform.newKey,
        returnUrl: new URL(`/bookings/${id}`, location.href).href,
        leave: (url) => location.assign(url),
        onChange: () => void room.load(),
      }),
    [http, platform, room, id, paymentId],
  );
  useEffect(() => {
    // Back from the bank's page: the address says how it went, and is not to be kept.
    const outcome = new URLSearchParams(location.search).get("redirect_status");
    if (outcome !== null) router.go(`/bookings/${id}`, true);
    void card.ask().then(() => {
      if (outcome === "failed" && card.payment.value?.status === "open") {
        card.refuse("payment_intent_authentication_failure");
      }
    });
  }, [card]);
  const payment = card.payment.value;
  const status = payment?.status ?? booking.payment?.status;
  const isOver = status === "captured" || status === "authorised" || status === "cancelled";
  // Only a lapsed session brings its holder back to the same form: else the card is forgotten.
  useEffect(() => () => {
    if (session.me.peek()) forgetCard(id);
  }, [session, id]);

  const deadline = booking.change?.deadline ??
    (booking.status === "held" ? booking.deadline : null);
  const amount = booking.payment
    ? formatMoney(booking.payment.amountMinor, booking.currency, locale)
    : "";
  return (
    <section class="stack pay" aria-labelledby="pay-title">
      <div class="row between pay-head">
        <h2 id="pay-title">{titleOf(booking)}</h2>
        {deadline && status === "open" && (
          <HoldClock
            deadline={deadline}
            onOver={() => void room.load()}
          />
        )}
      </div>
      <p class="muted">{reasonOf(booking, amount, locale)}</p>
      {status === "processing" || isOver
        ? <output class="notice">{words.processing}</output>
        : payment
        ? <Form booking={booking} payment={payment} card={card} amount={amount} />
        : card.error.value === undefined
        ? <div class="skeleton pay-waiting" />
        : <FailureBox error={card.error.value} onRetry={() => void card.ask()} />}
    </section>
  );
}

interface FormProps {
  booking: Booking;
  payment: Payment;
  card: CardPayment;
  amount: string;
}

function Form({ booking, payment, card, amount }: FormProps) {
  const submit = booking.status === "requested" ? words.authorise(amount) : words.pay(amount);
  if (payment.publishableKey === null) return <p class="notice care">{words.noKey}</p>;
  const trouble = <Trouble card={card} />;
  return payment.apiUrl === null
    ? (
      <StripeCard
        key={payment.id}
        payment={payment}
        card={card}
        submit={submit}
        trouble={trouble}
      />
    )
    : <CardForm bookingId={booking.id} card={card} submit={submit} trouble={trouble} />;
}

/** Why it did not go through, told at once. */
function Trouble({ card }: { card: CardPayment }) {
  const trouble = card.trouble.value;
  const error = card.error.value;
  return (
    <div aria-live="assertive" class="stack">
      {trouble && (
        <p class={trouble.kind === "refused" ? "notice bad" : "notice care"}>
          <CareIcon />
          {trouble.kind === "refused" ? refusalWords(trouble.code) : words.unanswered}
        </p>
      )}
      {!trouble && error !== undefined && <FailureBox error={error} />}
    </div>
  );
}

function titleOf({ status, change }: Booking): string {
  if (change) return words.titleChange;
  return status === "requested" ? words.titleAuthorise : words.title;
}

function reasonOf(booking: Booking, amount: string, locale: string): string {
  const { status, change, depositMinor, currency, host } = booking;
  if (change) return words.whyChange(amount, formatStay(change.from, change.to, locale));
  if (status === "requested") return words.whyAuthorise(amount, host.name);
  return depositMinor > 0
    ? words.whyDeposit(amount, formatMoney(depositMinor, currency, locale))
    : words.why(amount);
}
