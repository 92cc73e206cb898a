export const words = {
  open: "Change the nights",
  title: "Change the nights",
  from: "Arrive",
  to: "Leave",
  hint: "Longer, shorter or other nights: nothing changes before you say so below.",
  same: "These are the nights you have.",
  order: "The departure comes after the arrival.",
  taken: "Those nights are not free.",
  unfit: "Your boat does not fit there for these nights.",
  accept: "I accept the berth's conditions for these nights.",
  dearer: "To be paid now",
  dearerAshore: "More to pay ashore",
  cheaper: "Less",
  back: "Comes back to your card",
  even: "The price stays the same.",
  policyNote: (percent: string) =>
    `Of nights given up, the terms give back ${percent} now; the rest stays with the host.`,
  payNext: "You pay the difference next; the new nights are kept for you for 15 minutes meanwhile.",
  change: "Change the stay",
  changeAndPay: (amount: string) => `Go on to pay ${amount}`,
  changing: "One moment …",
  dismiss: "Leave it as it is",

  refusalGuest: (until: string) =>
    `The night after your stay is kept for you until ${until}. Stay longer?`,
  refusalHost: (until: string) => `The next night is kept for the guest until ${until}.`,
  refusalTitle: "First refusal of the next night",
  refusalText: "To others the night is taken until then; the guest may add it to the stay.",
  refusalUntil: "Until, on the day of departure",
  refusalGive: "Keep the night",
  refusalEnd: "Give the night free",

  depositTitle: "The deposit",
  depositText: (amount: string) =>
    `${amount} is held. It goes back by itself two days after departure, unless you keep some of it, once.`,
  depositKeep: "Keep",
  depositReason: "Why; the guest reads it",
  depositSend: "Keep this much",
  depositReturn: "Give all of it back",
  depositFault: (most: string) => `An amount from 0 to ${most}.`,
  depositNoReason: "Say why.",

  history: "What happened",
} as const;

/** What an event says, by its kind; the rest is told by the kind's own words. */
export const eventWords: Record<string, string> = {
  "booking.create": "Booked",
  "booking.pay": "Paid and confirmed",
  "booking.revive": "Paid late, and confirmed after all",
  "booking.accept": "Accepted",
  "booking.decline": "Declined",
  "booking.expire": "Ran out",
  "booking.cancel": "Cancelled",
  "booking.check-in": "Arrived",
  "booking.check-out": "Left",
  "booking.complete": "Over",
  "booking.no-show": "Nobody came",
  "booking.hold-change": "Other nights held",
  "booking.expire-change": "The other nights ran out",
  "booking.change": "Nights changed",
  "booking.first-refusal": "First refusal of the next night",
  "booking.keep-deposit": "Part of the deposit kept",
  "booking.return-deposit": "Deposit given back",
  "payment.processing": "Bank at work",
  "payment.authorised": "Held ready on the card",
  "payment.captured": "Paid by card",
  "payment.cancelled": "Payment ended",
  "payment.refunded": "Money gone back",
};

export const roleWords = {
  guest: "by the guest",
  host: "by the host",
  admin: "by Dokkerr",
  system: "",
} as const;
