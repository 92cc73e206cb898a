export const words = {
  from: "for the stay",
  night: (price: string) => `${price} a night`,
  maxLoa: (length: string) => `up to ${length}`,
  deep: (depth: string) => `${depth} deep`,
  instant: "Instant booking",
  why: "Why",
} as const;
