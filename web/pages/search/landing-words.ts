export const words = {
  hero: "Find a berth that fits.",
  heroText:
    "Tell us the water, the nights and your boat. You see which berths are free, whether she lies there safely at low tide, and what it costs to the last line.",
} as const;
