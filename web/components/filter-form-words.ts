export const words = {
  kind: "Kind of berth",
  amenities: "There must be",
  price: "Highest price for the stay",
  priceHint: "Choose your nights first",
  currency: "Currency",
  instant: "Can be booked at once",
  instantHint: "The host need not answer first",
  clear: "Clear all",
  done: "Show docks",
} as const;
