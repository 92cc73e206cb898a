export const words = {
  recent: "Searched before",
  nothing: "No place of that name. Try the town or the harbour next to it.",
  failed: "Places cannot be looked up right now.",
  found: (count: number) => count === 1 ? "1 place" : `${count} places`,
} as const;
