import type * as en from "./boat-fault-words.ts";
import type { Translation } from "./words.ts";

export const faultWords = {
  missing: "C’est nécessaire.",
  name: "Dites comment s’appelle le bateau.",
  between: (low, high) => `Possible de ${low} à ${high}.`,
  hull: "La coque seule ne peut pas être plus longue que le bateau entier.",
  number: "Indiquez un nombre.",
  whole: "Indiquez un nombre entier.",
  money: "Indiquez un montant, par exemple 3000000.",
  expires: "Dites jusqu’à quand le bateau est assuré.",
} satisfies Translation<typeof en.faultWords>;
