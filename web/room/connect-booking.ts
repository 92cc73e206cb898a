import { NO_BOOKING, reduceBooking } from "../../shared/room.ts";
import type { BookingRoomState } from "../../shared/room.ts";
import { connectRoom } from "./connect-room.ts";
import type { RoomConnectionOptions, RoomStatus } from "./connect-room.ts";

/** A booking as its room tells it; its `version` never goes back. */
export interface BookingView extends BookingRoomState {
  readonly status: RoomStatus;
}

export interface BookingConnection {
  readonly view: BookingView;
  wake(): void;
  close(): void;
}

export interface BookingOptions
  extends Pick<RoomConnectionOptions, "WebSocket" | "onWake" | "heartbeatMs" | "answerMs"> {
  bookingId: string;
  fetchTicket: (room: string) => Promise<{ url: string }>;
  onChange: (view: BookingView) => void;
}

/** A booking's room, kept up to date: every welcome brings the whole state. */
export function connectBooking(options: BookingOptions): BookingConnection {
  const { bookingId, fetchTicket, onChange } = options;
  let view: BookingView = { status: "connecting", ...NO_BOOKING };

  function show(next: BookingView): void {
    view = next;
    onChange(view);
  }

  const connection = connectRoom({
    ...options,
    fetchTicket: () => fetchTicket(`booking:${bookingId}`),
    onFrame(frame) {
      const { status, ...state } = view;
      const next = reduceBooking(state, frame);
      if (
        next.booking !== state.booking || next.payment !== state.payment ||
        next.members !== state.members
      ) show({ status, ...next });
    },
    onStatus: (status) => show({ ...view, status }),
  });
  return {
    get view() {
      return view;
    },
    wake: () => connection.wake(),
    close: () => connection.close(),
  };
}
