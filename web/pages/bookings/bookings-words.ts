import type { Booking } from "../../../shared/booking.ts";
import type { RoomStatus } from "../../room/connect-room.ts";
import type { StepName } from "../../store/booking-steps.ts";

export const words = {
  title: "Stays",
  statement: "Statement",
  why: "Your stays are kept with your account.",
  ahead: "Ahead",
  past: "Past and called off",
  noneAhead: "Nothing ahead. Where to next?",
  none: "No stays yet",
  noneText: "What you book is here, with times, prices and the way to your host.",
  find: "Find a berth",
  answer: (when: string) => `Answer due ${when}`,

  booking: (dock: string) => `${dock}: booking`,
  where: (kind: string, harbour: string) => `${kind} · ${harbour}`,
  dock: "Look at the dock",
  course: "How it goes",
  stay: "The stay",
  arrive: "Arrive",
  leave: "Leave",
  arriveFrom: (when: string) => `from ${when}`,
  leaveBy: (when: string) => `by ${when}`,
  zone: (zone: string) => `Times are the berth's own (${zone}).`,
  nights: { one: "# night", other: "# nights" },
  dates: "Dates",
  length: "Nights",
  boat: "Boat",
  loa: "Length over all",
  beam: "Beam",
  draft: "Draft",
  quay: "Place on the quay",
  alongQuay: (from: string, to: string) => `${from} to ${to} from its start`,
  position: "Position",
  vhf: "VHF channel",
  guest: "Guest",
  host: "Host",
  policy: "Cancellation",
  pay: "Payment",
  payAtDock: "Ashore, on arrival",
  payOnline: "By card",
  anew: "Look at these nights again",
  price: "The price",

  accept: "Accept",
  accepting: "Accepting …",
  decline: "Decline",
  declining: "Declining …",
  cancel: "Cancel the booking",
  withdraw: "Take the request back",
  cancelling: "Cancelling …",
  checkInGuest: "We have arrived",
  checkInHost: "The boat is here",
  checkOutGuest: "We have left",
  checkOutHost: "The boat has left",
  moving: "One moment …",
  keep: "Keep it",
  cancelTitle: "Cancel this booking?",
  cancelText: (nights: string) => `The nights ${nights} go back on sale at once.`,
  cancelFree: "Nothing has been charged: payment was to be made ashore.",
  cancelUnpaid: "Nothing has been charged.",
  backGuest: "Back to your card",
  backHost: "Back to the guest's card",
  kept: "Stays with the host",
  released: "Held on the card, let go",
  ofWhichDeposit: (amount: string) => `The deposit of ${amount} is in it.`,
  policyUntil: (policy: string, steps: string) => `Terms: ${policy}. ${steps}`,
  policyStep: (percent: string, until: string) => `${percent} of the price back until ${until}`,
  policyLater: "nothing after that.",
  backSoon: "Banks take up to ten days to show it.",
  noShow: "Nobody came",
  noShowTitle: (guest: string) => `Did ${guest} not come?`,
  acceptWaits: (guest: string) =>
    `Can be accepted when ${guest}'s bank has said yes to the card. This page shows it by itself.`,
  withdrawTitle: "Take this request back?",
  declineTitle: (guest: string) => `Decline ${guest}'s request?`,
  declineText: (nights: string) =>
    `The nights ${nights} can be booked by others at once. A word of why is kind: write it in your messages.`,
  cannotUndo: "This cannot be undone.",

  messages: "Messages",
  talk: (name: string) => `Message ${name}`,
} as const;

export const stepWords: Record<StepName, string> = {
  asked: "Asked for",
  held: "Nights held",
  booked: "Booked",
  confirmed: "Confirmed",
  arrived: "Arrival",
  left: "Departure",
  declined: "Declined",
  expired: "Ran out",
  cancelled: "Cancelled",
  "no-show": "Did not come",
};

/** What a room's state means to whoever looks at a booking; nothing where all is well. */
export const liveWords: Record<RoomStatus, string> = {
  connecting: "",
  live: "",
  offline: "No connection: this may be out of date. It catches up by itself.",
  refused: "",
  outdated: "Dokkerr has a newer version. Load the page again.",
};

/** Where a booking stands, said to whoever reads it. `until` is its deadline, `arrival` its check-in. */
export function statusSentence(
  booking: Booking,
  { until, arrival }: { until: string; arrival: string },
): string {
  const { status, role, guest, host } = booking;
  const isGuest = role === "guest";
  switch (status) {
    case "held":
      return isGuest
        ? `The nights are held for you; that ends ${until}.`
        : `The nights are held for ${guest.name}, who has not paid yet; that ends ${until}.`;
    case "requested":
      return isGuest
        ? `${host.name} has been asked. The nights are yours meanwhile; the request ends ${until}.`
        : `${guest.name} asks for these nights. Without an answer the request ends ${until}.`;
    case "confirmed":
      return isGuest
        ? `The berth is yours. ${host.name} expects you ${arrival}.`
        : `${guest.name} is expected ${arrival}.`;
    case "checked_in":
      return isGuest ? "You are at the berth. A calm stay!" : `${guest.name} is at the berth.`;
    case "completed":
      return isGuest ? "You were here. Fair winds!" : `${guest.name} has left.`;
    case "expired":
      return booking.collection === "online"
        ? "It ran out before it was paid and agreed. The nights are free again."
        : "There was no answer in time. The nights are free again.";
    case "declined":
      return isGuest
        ? `${host.name} could not take you. The nights are free again.`
        : "You declined. The nights are free again.";
    case "cancelled":
      return "It was called off. The nights are free again.";
    case "no_show":
      return isGuest ? "You were expected and did not come." : `${guest.name} did not come.`;
  }
}
