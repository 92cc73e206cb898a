import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { canMove } from "../../../shared/booking.ts";
import type { Booking } from "../../../shared/booking.ts";
import { todayIn } from "../../../shared/stay.ts";
import type { AskedMove } from "../../api/bookings-api.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useApp } from "../../store/app-context.ts";
import type { BookingRoom } from "../../store/booking-room.ts";
import { failureWords } from "../../text/failures.ts";
import { formatStay } from "../../text/format.ts";
import { canSayNoShow, waitsForCard } from "../../store/booking-money.ts";
import { GivenBackLines } from "./given-back.tsx";
import { words } from "./bookings-words.ts";

type AskedFirst = "cancel" | "decline" | "no-show";

interface BookingMovesProps {
  booking: Booking;
  room: BookingRoom;
  nowMs: number;
  /** A form beside these tells why it was refused. */
  hidesRefusal: boolean;
  /** What else can be begun. */
  children: ComponentChildren;
}

/** What the reader may do with the booking now; what cannot be undone is asked about first. */
export function BookingMoves(
  { booking, room, nowMs, hidesRefusal, children }: BookingMovesProps,
) {
  const [asked, setAsked] = useState<AskedFirst | null>(null);
  const { status, role, dock } = booking;
  const moving = room.moving.value;
  const refusal = room.refusal.value;
  const isGuest = role === "guest";
  const hasCome = booking.from <= todayIn(dock.timeZone, nowMs);
  const may = (move: AskedMove) => {
    if (move === "no-show") return canSayNoShow(booking, nowMs);
    return canMove(move, status, role) && (move !== "check-in" || hasCome);
  };
  const mustWait = waitsForCard(booking);
  // The other one may have acted while the question was on the screen.
  const open = asked && may(asked) ? asked : null;

  return (
    <>
      <div class="row booking-moves">
        {may("accept") && (
          <button
            type="button"
            class="button primary"
            disabled={moving !== null || mustWait}
            aria-describedby={mustWait ? "accept-waits" : undefined}
            onClick={() => void room.move("accept")}
          >
            {moving === "accept" ? words.accepting : words.accept}
          </button>
        )}
        {may("decline") && (
          <button type="button" class="button" onClick={() => setAsked("decline")}>
            {moving === "decline" ? words.declining : words.decline}
          </button>
        )}
        {may("check-in") && (
          <button
            type="button"
            class="button primary"
            disabled={moving !== null}
            onClick={() => void room.move("check-in")}
          >
            {moving === "check-in"
              ? words.moving
              : isGuest
              ? words.checkInGuest
              : words.checkInHost}
          </button>
        )}
        {may("check-out") && (
          <button
            type="button"
            class="button primary"
            disabled={moving !== null}
            onClick={() => void room.move("check-out")}
          >
            {moving === "check-out"
              ? words.moving
              : isGuest
              ? words.checkOutGuest
              : words.checkOutHost}
          </button>
        )}
        {children}
        {may("no-show") && (
          <button type="button" class="button" onClick={() => setAsked("no-show")}>
            {moving === "no-show" ? words.moving : words.noShow}
          </button>
        )}
        {may("cancel") && !may("decline") && (
          <button
            type="button"
            class="button danger"
            onClick={() => setAsked("cancel")}
          >
            {moving === "cancel"
              ? words.cancelling
              : status === "requested"
              ? words.withdraw
              : words.cancel}
          </button>
        )}
      </div>
      {may("accept") && mustWait && (
        <p id="accept-waits" class="muted small">{words.acceptWaits(booking.guest.name)}</p>
      )}
      {refusal !== undefined && !hidesRefusal && (
        <p class="notice bad" role="alert">{failureWords(refusal)}</p>
      )}
      {open && (
        <MoveDialog
          booking={booking}
          move={open}
          nowMs={nowMs}
          isBusy={moving !== null}
          onDismiss={() => setAsked(null)}
          onConfirm={() => void room.move(open).then(() => setAsked(null))}
        />
      )}
    </>
  );
}

interface MoveDialogProps {
  booking: Booking;
  move: AskedFirst;
  nowMs: number;
  isBusy: boolean;
  onConfirm: () => void;
  onDismiss: () => void;
}

function MoveDialog({ booking, move, nowMs, isBusy, onConfirm, onDismiss }: MoveDialogProps) {
  const { platform } = useApp();
  const nights = formatStay(booking.from, booking.to, platform.locale);
  const isRequest = booking.status === "requested";
  const { title, confirm, busy } = {
    decline: {
      title: words.declineTitle(booking.guest.name),
      confirm: words.decline,
      busy: words.declining,
    },
    "no-show": {
      title: words.noShowTitle(booking.guest.name),
      confirm: words.noShow,
      busy: words.moving,
    },
    cancel: {
      title: isRequest ? words.withdrawTitle : words.cancelTitle,
      confirm: isRequest ? words.withdraw : words.cancel,
      busy: words.cancelling,
    },
  }[move];
  return (
    <ConfirmDialog
      title={title}
      confirm={isBusy ? busy : confirm}
      dismiss={words.keep}
      isBusy={isBusy}
      onConfirm={onConfirm}
      onDismiss={onDismiss}
    >
      <p>{move === "decline" ? words.declineText(nights) : words.cancelText(nights)}</p>
      {move !== "decline" && <GivenBackLines booking={booking} nowMs={nowMs} move={move} />}
      <p class="muted">{words.cannotUndo}</p>
    </ConfirmDialog>
  );
}
