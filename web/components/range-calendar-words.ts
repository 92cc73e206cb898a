export const words = {
  previous: "Earlier month",
  next: "Later month",
  taken: "taken",
  arrival: "arrival",
  departure: "departure",
} as const;
