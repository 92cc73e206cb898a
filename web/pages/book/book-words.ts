import { plural } from "../../text/plural.ts";

export const words = {
  title: (name: string) => `Book ${name}`,
  why:
    "A booking needs somebody it belongs to. Your nights and your boat are kept while you sign in.",
  noStay: "Choose your nights first",
  toDock: "Back to the dock",
  stay: "Your stay",
  nights: (count: number, locale: string) =>
    plural(count, { one: "# night", other: "# nights" }, locale),
  arrive: "Arrive",
  leave: "Leave",
  from: (time: string) => `from ${time}`,
  by: (time: string) => `by ${time}`,
  boat: "Your boat",
  newBoat: "Another boat",
  describe: "Tell the harbour about her once. She is kept with your account.",
  saveBoat: "Save her and go on",
  fit: "Does she fit?",
  accept: "I have read the conditions above and accept them.",
  unknown: "Something here is not known, so the host looks at your request before it is a booking.",
  price: "What it costs",
  payAshore: "You pay ashore, on arrival.",
  payNext:
    "You pay by card on the next page; the nights are kept for you for 15 minutes meanwhile.",
  payRequest: "Your card is asked on the next page, and charged only if the host accepts.",
  bookAndPay: "Go on to payment",
  policy: (name: string) => `Cancellation: ${name}`,
  book: "Book now",
  request: "Send the request",
  sending: "Sending …",
  again: "Try once more",
  mayHaveWorked:
    "We did not hear back, so your booking may have gone through. Trying again is safe: it can only happen once.",
  priceChanged: "The price has changed. This is the new one; nothing is booked yet.",
  taken: "Somebody was faster: these nights are taken",
  takenHint: "These docks are the nearest that are free for your nights and fit your boat.",
  takenNone: "No dock near by is free for these nights and fits your boat.",
  search: "Search around here",
} as const;
