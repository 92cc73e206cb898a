import type * as en from "./quote-line-words.ts";
import type { Translation } from "./words.ts";

export const quoteLineWords = {
  nights: (count, each, season) =>
    `${count} ${count === 1 ? "Nacht" : "Nächte"} × ${each}${season && ` (${season})`}`,
  multihull: (percent) => `Mehrrumpfboot, ${percent} Aufschlag`,
  "discount-weekly": (percent) => `Wochenrabatt, ${percent}`,
  "discount-monthly": (percent) => `Monatsrabatt, ${percent}`,
  cleaning: "Reinigung",
  power: (count, each) => `Strom, ${count} ${count === 1 ? "Nacht" : "Nächte"} × ${each}`,
  tax: (percent) => `Steuer, ${percent}`,
  "platform-fee": (percent) => `Servicegebühr, ${percent}`,
} satisfies Translation<typeof en.quoteLineWords>;
