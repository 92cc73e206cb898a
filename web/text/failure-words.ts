import type { FailureCode } from "../api/http.ts";

/** What a failure means to the person before the screen, and what they can do. */
export const failureTexts = {
  "offline":
    "There is no connection to Dokkerr right now. Nothing was lost: try again in a moment.",
  "unauthenticated": "Please sign in first.",
  "forbidden": "This belongs to somebody else.",
  "not-found": "There is nothing here. It may have been removed.",
  "dates-taken": "Somebody was faster: those nights are taken.",
  "price-changed": "The price has changed since it was shown.",
  "quote-invalid": "The offer cannot be used any more. Ask for a new one.",
  "quote-mismatch": "The offer was for another stay or boat. Ask for a new one.",
  "not-bookable": "This dock cannot be booked right now.",
  "conditions-not-accepted": "Please accept the berth's conditions first.",
  "move-not-allowed": "The booking has moved on meanwhile. Look at its state again.",
  "payment-required": "The guest's card has not said yes yet.",
  "too-many-stays-held": "You have as many unpaid stays as one person may have.",
  "too-many-requests-open": "You have as many open requests as one person may have.",
  "email-taken": "There is already an account with that address. Sign in instead?",
  "stale": "Somebody changed this meanwhile. Look at the current values, then save again.",
  "dock-in-use": "The dock has stays ahead that this change would break.",
  "rate-limited": "That was a lot at once. Wait a minute and try again.",
  "client-too-old": "Dokkerr has a newer version. Reload the page to go on.",
  "hub-unavailable": "Live updates are away for the moment.",
  "unavailable": "Something that Dokkerr needs is away for the moment. Try again shortly.",
  "internal": "Something went wrong on our side. Try again, and tell us if it stays.",
} as const satisfies Partial<Record<FailureCode, string>>;
