import { useState } from "preact/hooks";
import type { QuoteAnswer } from "../../../shared/api.ts";
import type { Booking } from "../../../shared/booking.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { FitReasons } from "../../components/fit-reasons.tsx";
import { TextField } from "../../components/form-fields.tsx";
import { QuoteLines } from "../../components/quote-lines.tsx";
import { useApp } from "../../store/app-context.ts";
import type { BookingRoom } from "../../store/booking-room.ts";
import { differenceOf, readChangeQuote } from "../../store/stay-change.ts";
import { failureCode } from "../../text/failures.ts";
import { formatMoney } from "../../text/format.ts";
import { useResource } from "../use-resource.ts";
import { words } from "./change-words.ts";

interface ChangeStayProps {
  booking: Booking;
  room: BookingRoom;
  nowMs: number;
  onClose: () => void;
}

/** Other nights for a stay, with what they cost more or less before anything is changed. */
export function ChangeStay({ booking, room, nowMs, onClose }: ChangeStayProps) {
  const { http } = useApp();
  const [from, setFrom] = useState(booking.from);
  const [to, setTo] = useState(booking.to);
  const isSame = from === booking.from && to === booking.to;
  const isStay = from !== "" && to !== "" && from < to;
  const key = isStay && !isSame ? `${booking.version} ${from} ${to}` : null;
  const quote = useResource(
    key,
    (signal) => readChangeQuote(http, booking, { from, to }, signal),
  );
  const { status, value, error } = quote.state.value;
  const refusal = room.refusal.value;

  async function change(offer: QuoteAnswer, acceptConditions: boolean): Promise<void> {
    const body = { from, to, quote: offer.quote, ...(acceptConditions && { acceptConditions }) };
    if (await room.tell({ path: "extend", body })) onClose();
    else if (failureCode(room.refusal.value) === "price-changed") await quote.load();
  }

  return (
    <section class="stack change-stay" aria-labelledby="change-stay">
      <h3 id="change-stay">{words.title}</h3>
      <p class="muted small">{words.hint}</p>
      <div class="fields-pair">
        <TextField
          type="date"
          label={words.from}
          value={from}
          fault={from && to && from >= to ? words.order : undefined}
          onChange={setFrom}
        />
        <TextField type="date" label={words.to} value={to} onChange={setTo} />
      </div>
      <div aria-live="polite" class="stack change-price">
        {key === null
          ? isSame && <p class="muted">{words.same}</p>
          : status === "failed"
          ? <FailureBox error={error} onRetry={() => void quote.load()} />
          : value
          ? (
            <Offer
              booking={booking}
              offer={value}
              nowMs={nowMs}
              isBusy={room.moving.value !== null}
              onChange={(accepts) => void change(value, accepts)}
            />
          )
          : <div class="skeleton change-waiting" />}
        {refusal !== undefined && <FailureBox error={refusal} />}
      </div>
      <button type="button" class="button quiet" onClick={onClose}>{words.dismiss}</button>
    </section>
  );
}

interface OfferProps {
  booking: Booking;
  offer: QuoteAnswer;
  nowMs: number;
  isBusy: boolean;
  onChange: (acceptsConditions: boolean) => void;
}

function Offer({ booking, offer, nowMs, isBusy, onChange }: OfferProps) {
  const { platform: { locale }, prefs } = useApp();
  const [hasAccepted, setAccepted] = useState(false);
  const { fit, free } = offer;
  const money = (minor: number) => formatMoney(minor, offer.currency, locale);
  if (!free) return <p class="notice bad">{words.taken}</p>;
  if (fit.verdict === "no") return <p class="notice bad">{words.unfit}</p>;
  const { dueMinor, backMinor, percent } = differenceOf(booking, offer.totalMinor, nowMs);
  const isOnline = booking.collection === "online";
  const mustAccept = fit.verdict === "conditional";
  const isCheaper = backMinor > 0 || (isOnline && percent < 100 && dueMinor === 0);
  return (
    <>
      <QuoteLines {...offer} depositMinor={0} locale={locale} />
      <p class="change-difference">
        <b>
          {dueMinor > 0
            ? isOnline ? words.dearer : words.dearerAshore
            : isCheaper
            ? isOnline ? words.back : words.cheaper
            : words.even}
        </b>
        {(dueMinor > 0 || isCheaper) && <b class="num">{money(dueMinor || backMinor)}</b>}
      </p>
      {isOnline && isCheaper && percent < 100 && (
        <p class="muted small">
          {words.policyNote(
            new Intl.NumberFormat(locale, { style: "percent" }).format(percent / 100),
          )}
        </p>
      )}
      {isOnline && dueMinor > 0 && <p class="muted small">{words.payNext}</p>}
      {mustAccept && (
        <>
          <FitReasons
            fit={fit}
            unit={prefs.value.value.unit}
            locale={locale}
            timeZone={booking.dock.timeZone}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={hasAccepted}
              onChange={(event) => setAccepted(event.currentTarget.checked)}
            />
            <b>{words.accept}</b>
          </label>
        </>
      )}
      <button
        type="button"
        class="button primary"
        disabled={isBusy || (mustAccept && !hasAccepted)}
        onClick={() => onChange(hasAccepted)}
      >
        {isBusy
          ? words.changing
          : isOnline && dueMinor > 0
          ? words.changeAndPay(money(dueMinor))
          : words.change}
      </button>
    </>
  );
}
