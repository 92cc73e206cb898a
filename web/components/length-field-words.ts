export const words = {
  m: "Type metres, like 12.4",
  ft: "Type feet, like 40 or 40′ 6″",
} as const;
