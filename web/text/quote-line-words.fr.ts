import type * as en from "./quote-line-words.ts";
import type { Translation } from "./words.ts";

export const quoteLineWords = {
  nights: (count, each, season) =>
    `${count} ${count === 1 ? "nuit" : "nuits"} × ${each}${season && ` (${season})`}`,
  multihull: (percent) => `Multicoque, ${percent} en plus`,
  "discount-weekly": (percent) => `Remise à la semaine, ${percent}`,
  "discount-monthly": (percent) => `Remise au mois, ${percent}`,
  cleaning: "Nettoyage",
  power: (count, each) => `Électricité, ${count} ${count === 1 ? "nuit" : "nuits"} × ${each}`,
  tax: (percent) => `Taxes, ${percent}`,
  "platform-fee": (percent) => `Frais de service, ${percent}`,
} satisfies Translation<typeof en.quoteLineWords>;
