import type * as en from "./quote-line-words.ts";
import type { Translation } from "./words.ts";

export const quoteLineWords = {
  nights: (count, each, season) =>
    `${count} ${count === 1 ? "noche" : "noches"} × ${each}${season && ` (${season})`}`,
  multihull: (percent) => `Multicasco, ${percent} de recargo`,
  "discount-weekly": (percent) => `Descuento semanal, ${percent}`,
  "discount-monthly": (percent) => `Descuento mensual, ${percent}`,
  cleaning: "Limpieza",
  power: (count, each) => `Electricidad, ${count} ${count === 1 ? "noche" : "noches"} × ${each}`,
  tax: (percent) => `Impuestos, ${percent}`,
  "platform-fee": (percent) => `Gastos de servicio, ${percent}`,
} satisfies Translation<typeof en.quoteLineWords>;
