import { batch, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import { BookingStatus } from "../../shared/booking.ts";
import type { Booking } from "../../shared/booking.ts";
import { askBooking, readBooking, takeTicket } from "../api/bookings-api.ts";
import type { Asked, AskedMove } from "../api/bookings-api.ts";
import type { Http } from "../api/http.ts";
import { connectBooking } from "../room/connect-booking.ts";
import type { BookingConnection, BookingView } from "../room/connect-booking.ts";
import type { RoomStatus } from "../room/connect-room.ts";
import { createResource } from "./resource.ts";
import type { Loaded } from "./resource.ts";

/** One booking, kept up to date by its room. */
export interface BookingRoom {
  state: ReadonlySignal<Loaded<Booking>>;
  status: ReadonlySignal<RoomStatus>;
  /** Who of its people is looking at it now, by user id. */
  online: ReadonlySignal<readonly string[]>;
  /** The move that is on its way. */
  moving: ReadonlySignal<AskedMove | Asked["path"] | null>;
  /** Why the last move did not go through. */
  refusal: ReadonlySignal<unknown>;
  open(): void;
  close: () => void;
  load(): Promise<void>;
  /** Makes a move on the booking as it is shown; says whether it went through. */
  move(move: AskedMove): Promise<boolean>;
  /** The same with what is said beside it. */
  tell(asked: Asked): Promise<boolean>;
}

export interface BookingRoomOptions {
  http: Http;
  bookingId: string;
  newKey: () => string;
  connect?: typeof connectBooking;
}

export function createBookingRoom(options: BookingRoomOptions): BookingRoom {
  const { http, bookingId, newKey, connect = connectBooking } = options;
  const booking = createResource((abort) => readBooking(http, bookingId, abort));
  const status = signal<RoomStatus>("connecting");
  const online = signal<readonly string[]>([]);
  const moving = signal<AskedMove | Asked["path"] | null>(null);
  const refusal = signal<unknown>(undefined);
  // The same move sent again, because nothing came back, is the same request.
  const keys = new Map<string, string>();
  let connection: BookingConnection | undefined;
  let newest: Booking | undefined;
  /** The newest state that the room has told, also while the booking itself is being read. */
  let told: BookingView["booking"] = null;

  function changed(view: BookingView): void {
    batch(() => {
      status.value = view.status;
      online.value = view.members.filter((member) => member.online).map(({ userId }) => userId);
      if (view.booking === told) return;
      told = view.booking;
      catchUp();
    });
  }

  /** Shows what the room has told at once, and reads the rest of it. */
  function catchUp(): void {
    const shown = booking.state.value.value;
    if (!shown || !told || told.version <= shown.version) return;
    const state = BookingStatus.safeParse(told.status);
    const deadline = told["deadline"];
    if (state.success) {
      take({
        ...shown,
        version: told.version,
        status: state.data,
        deadline: typeof deadline === "string" ? deadline : null,
      });
    }
    void load();
  }

  async function load(): Promise<void> {
    await booking.load();
    const { value } = booking.state.value;
    if (value) take(value);
  }

  /** Shows a state of the booking; a slow answer must not take back what was already shown. */
  function take(next: Booking): void {
    if (!newest || next.version >= newest.version) newest = next;
    if (booking.state.value.value !== newest) booking.set(newest);
  }

  async function send(path: AskedMove | Asked["path"], body: object): Promise<boolean> {
    const shown = booking.state.value.value;
    if (!shown || moving.value !== null) return false;
    const attempt = `${shown.version} ${path} ${JSON.stringify(body)}`;
    const key = keys.get(attempt) ?? newKey();
    keys.set(attempt, key);
    batch(() => {
      moving.value = path;
      refusal.value = undefined;
    });
    try {
      take(await askBooking(http, shown, path, body, key));
      return true;
    } catch (failure) {
      const current = currentOf(failure);
      if (current?.id === bookingId) take(current);
      refusal.value = failure;
      return false;
    } finally {
      moving.value = null;
    }
  }

  return {
    state: booking.state,
    status,
    online,
    moving,
    refusal,
    open() {
      void load().then(catchUp);
      connection ??= connect({
        bookingId,
        fetchTicket: (room) => takeTicket(http, room),
        onChange: changed,
      });
    },
    close() {
      booking.stop();
      connection?.close();
      connection = undefined;
    },
    load,
    move: (move) => send(move, {}),
    tell: ({ path, body }) => send(path, body),
  };
}

/** The booking as it is now, where a refusal carries it. */
function currentOf(failure: unknown): Booking | undefined {
  if (!(failure instanceof Error) || !("body" in failure)) return undefined;
  return (failure.body as { current?: Booking }).current;
}
