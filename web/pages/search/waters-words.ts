export const words = {
  start: "Waters to begin with",
  promises: [
    [
      "Measured, not guessed",
      "Length, beam, depth at low water, bridges and shore power are checked against your boat, with the reason for each.",
    ],
    [
      "Yours means yours",
      "A berth is sold once. The quote you see is what you pay, and the calendar is the real one.",
    ],
    [
      "Talk to the harbour",
      "Every dock has its host, a message away, and the booking changes before your eyes when they answer.",
    ],
  ],
} as const;
