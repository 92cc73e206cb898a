import type { ServerFrame } from "../../shared/chat.ts";
import { connectRoom } from "./connect-room.ts";
import type { RoomConnection, RoomConnectionOptions, RoomStatus } from "./connect-room.ts";

/** Something happened: in a thread, or with a booking. */
export type InboxEvent = Extract<ServerFrame, { type: "thread" | "booking" }>;

export interface InboxOptions
  extends Pick<RoomConnectionOptions, "WebSocket" | "onWake" | "heartbeatMs" | "answerMs"> {
  fetchTicket: (room: string) => Promise<{ url: string }>;
  onEvent: (event: InboxEvent) => void;
  /** Also when it is live again: an inbox keeps nothing, so lists are to be read anew then. */
  onStatus: (status: RoomStatus) => void;
}

/** The signed-in person's own room. */
export function connectInbox(options: InboxOptions): Pick<RoomConnection, "wake" | "close"> {
  return connectRoom({
    ...options,
    fetchTicket: () => options.fetchTicket("inbox:me"),
    onFrame(frame) {
      if (frame.type === "thread" || frame.type === "booking") options.onEvent(frame);
    },
  });
}
