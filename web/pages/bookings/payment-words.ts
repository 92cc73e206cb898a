export const words = {
  title: "Pay by card",
  titleAuthorise: "Your card, for the request",
  titleChange: "Pay the difference",
  why: (amount: string) => `${amount} now. The berth is yours as soon as it is paid.`,
  whyDeposit: (amount: string, deposit: string) =>
    `${amount} now, of which ${deposit} is the deposit. The berth is yours as soon as it is paid.`,
  whyAuthorise: (amount: string, host: string) =>
    `Your bank holds ${amount} ready. It is charged when ${host} accepts, and let go if not.`,
  whyChange: (amount: string, nights: string) =>
    `${amount} for ${nights}. Your stay changes as soon as it is paid; until then it stays as it is.`,
  left: "Kept for you",
  leftSpoken: (minutes: number) =>
    minutes === 1 ? "One minute left to pay." : `${minutes} minutes left to pay.`,
  over: "The time to pay is over.",
  overText: "If your bank is still working on it, this page shows what comes of it.",

  number: "Card number",
  expiry: "Expires",
  expiryHint: "Month / year",
  cvc: "Security code",
  name: "Name on the card",
  pay: (amount: string) => `Pay ${amount}`,
  authorise: (amount: string) => `Hold ${amount} ready`,
  paying: "Asking your bank …",
  leaving: "Your bank asks you on its own page …",
  processing:
    "Your bank is working on the payment. Your nights stay kept meanwhile; this page shows when it is done.",
  unanswered:
    "No answer came back, so it may have gone through. What you typed is still here. Trying again is safe: it is the same payment and can be made only once.",
  noKey: "Cards cannot be asked for here: the payment provider's publishable key is not set.",
  again: "Try again",
  stripeAway: "The payment form cannot be loaded. Look at your connection, then try again.",

  test: "This is a test: no money moves. Any of these cards can be used.",
  testCards: [
    ["4242424242424242", "Is taken"],
    ["4000000000000002", "Is declined"],
    ["4000002760003184", "Your bank asks"],
    ["4000000000009995", "Has no money"],
  ],
} as const;
