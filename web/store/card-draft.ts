import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Card } from "../api/card-api.ts";
import { EMPTY_CARD } from "./card-check.ts";

// In memory alone: a card outlives the form that a lapsed session takes away, never the page.
const drafts = new Map<string, Signal<Card>>();

/** The card that is being typed for a booking. */
export function cardDraft(bookingId: string): Signal<Card> {
  let draft = drafts.get(bookingId);
  if (!draft) drafts.set(bookingId, draft = signal(EMPTY_CARD));
  return draft;
}

/** Forgets it: it was used, or is not wanted any more. */
export function forgetCard(bookingId: string): void {
  drafts.delete(bookingId);
}
