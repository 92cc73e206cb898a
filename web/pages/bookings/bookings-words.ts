export const words = {
  title: "Stays",
  why: "Your stays are kept with your account.",
  none: "No stays yet",
  noneText: "What you book is here, with times, prices and the way to your host.",
  find: "Find a berth",
} as const;
