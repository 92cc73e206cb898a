export const words = {
  none: "Nothing here that fits",
  noneHint: "Try a wider piece of water, other nights, or fewer filters.",
  wider: "Look in a wider circle",
  dropFilters: "Drop the filters",
} as const;
