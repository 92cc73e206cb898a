import { takeTicket } from "../api/bookings-api.ts";
import type { Http } from "../api/http.ts";
import { connectInbox } from "../room/connect-inbox.ts";
import type { InboxEvent } from "../room/connect-inbox.ts";

export interface NewsOptions {
  http: Http;
  /** Something of theirs has changed (what), or may have while the room was away: read lists anew. */
  onNews: (event?: InboxEvent) => void;
  connect?: typeof connectInbox;
}

/** The signed-in person's room of news; returns how to leave it. */
export function watchNews({ http, onNews, connect = connectInbox }: NewsOptions): () => void {
  let hasBeenLive = false;
  const room = connect({
    fetchTicket: (name) => takeTicket(http, name),
    onEvent: onNews,
    onStatus(status) {
      if (status !== "live") return;
      // The list was read as the room was first entered.
      if (hasBeenLive) onNews();
      hasBeenLive = true;
    },
  });
  return room.close;
}

/** The same for who shows bookings: what is written in a conversation is no news to them. */
export function watchBookings({ onNews, ...options }: NewsOptions): () => void {
  return watchNews({
    ...options,
    onNews(event) {
      if (event?.type !== "thread") onNews(event);
    },
  });
}
