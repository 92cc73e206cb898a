/** A price's lines by their code in `shared/quote.ts`. */
export const quoteLineWords = {
  nights: (count: number, each: string, season: string) =>
    `${count} ${count === 1 ? "night" : "nights"} × ${each}${season && ` (${season})`}`,
  multihull: (percent: string) => `Multihull, ${percent} more`,
  "discount-weekly": (percent: string) => `Weekly discount, ${percent}`,
  "discount-monthly": (percent: string) => `Monthly discount, ${percent}`,
  cleaning: "Cleaning",
  power: (count: number, each: string) =>
    `Power, ${count} ${count === 1 ? "night" : "nights"} × ${each}`,
  tax: (percent: string) => `Tax, ${percent}`,
  "platform-fee": (percent: string) => `Service fee, ${percent}`,
} as const;
