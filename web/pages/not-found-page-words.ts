export const words = {
  title: "No berth at this address",
  text: "The page may have moved, or the address lost a letter on its way to you.",
  home: "Search for a dock",
} as const;
