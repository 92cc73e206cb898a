export const words = {
  gone: "Just taken",
  taken: (name: string) => `${name} was just taken.`,
  nearest: "Nearest that fits:",
  nearestAny: "Nearest that is free:",
  away: (distance: string) => `${distance} away`,
  none: "Nothing else in this list fits for these nights.",
  freed: "A berth was set free in this water.",
  look: "Search again",
  close: "Close",
} as const;
