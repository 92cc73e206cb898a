import { useState } from "preact/hooks";
import type { Booking } from "../../../shared/booking.ts";
import { ProseField, TextField } from "../../components/form-fields.tsx";
import { useApp } from "../../store/app-context.ts";
import { canClaimDeposit } from "../../store/booking-money.ts";
import type { BookingRoom } from "../../store/booking-room.ts";
import { minorToText, parseMoney } from "../../text/figures.ts";
import { formatMoney } from "../../text/format.ts";
import { formatInstant } from "../../text/format-time.ts";
import { words } from "./change-words.ts";

interface HostCareProps {
  booking: Booking;
  room: BookingRoom;
  nowMs: number;
}

/** What a host can do about a stay beside its moves: keep the next night, keep of the deposit. */
export function HostCare({ booking, room, nowMs }: HostCareProps) {
  const { status, role } = booking;
  if (role === "guest") return null;
  const isAhead = status === "confirmed" || status === "checked_in";
  return (
    <>
      {isAhead && Date.parse(booking.checkOutAt) > nowMs && (
        <FirstRefusal booking={booking} room={room} />
      )}
      {canClaimDeposit(booking, nowMs) && <Deposit booking={booking} room={room} />}
    </>
  );
}

function FirstRefusal({ booking, room }: Omit<HostCareProps, "nowMs">) {
  const { platform: { locale } } = useApp();
  const [until, setUntil] = useState("10:00");
  const { firstRefusalUntil, dock } = booking;
  const isBusy = room.moving.value !== null;
  const tell = (time: string | null) =>
    void room.tell({ path: "first-refusal", body: { until: time } });
  return (
    <details class="host-care">
      <summary>{words.refusalTitle}</summary>
      {firstRefusalUntil
        ? (
          <div class="stack">
            <p>{words.refusalHost(formatInstant(firstRefusalUntil, dock.timeZone, locale))}</p>
            <div>
              <button type="button" class="button" disabled={isBusy} onClick={() => tell(null)}>
                {words.refusalEnd}
              </button>
            </div>
          </div>
        )
        : (
          <div class="stack">
            <p class="muted small">{words.refusalText}</p>
            <TextField type="time" label={words.refusalUntil} value={until} onChange={setUntil} />
            <div>
              <button
                type="button"
                class="button"
                disabled={isBusy || until === ""}
                onClick={() => tell(until)}
              >
                {words.refusalGive}
              </button>
            </div>
          </div>
        )}
    </details>
  );
}

function Deposit({ booking, room }: Omit<HostCareProps, "nowMs">) {
  const { platform: { locale } } = useApp();
  const { currency, depositMinor } = booking;
  const [amount, setAmount] = useState("");
  const [reason, setReason] = useState("");
  const [hasTried, setTried] = useState(false);
  const keep = parseMoney(amount, currency);
  const isAmount = keep !== undefined && keep > 0 && keep <= depositMinor;
  const isBusy = room.moving.value !== null;
  const most = formatMoney(depositMinor, currency, locale);

  function claim(): void {
    setTried(true);
    if (!isAmount || reason.trim() === "") return;
    void room.tell({ path: "deposit", body: { keepMinor: keep, reason } });
  }

  return (
    <details class="host-care">
      <summary>{words.depositTitle}</summary>
      <div class="stack">
        <p class="muted small">{words.depositText(most)}</p>
        <TextField
          label={words.depositKeep}
          keys="decimal"
          affix={currency}
          placeholder={minorToText(0, currency)}
          value={amount}
          fault={hasTried && !isAmount ? words.depositFault(most) : undefined}
          onChange={setAmount}
        />
        <ProseField
          label={words.depositReason}
          maxLength={500}
          value={reason}
          fault={hasTried && reason.trim() === "" ? words.depositNoReason : undefined}
          onChange={setReason}
        />
        <div class="row">
          <button type="button" class="button danger" disabled={isBusy} onClick={claim}>
            {words.depositSend}
          </button>
          <button
            type="button"
            class="button"
            disabled={isBusy}
            onClick={() =>
              void room.tell({
                path: "deposit",
                body: { keepMinor: 0, reason: words.depositReturn },
              })}
          >
            {words.depositReturn}
          </button>
        </div>
      </div>
    </details>
  );
}
