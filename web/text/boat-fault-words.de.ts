import type * as en from "./boat-fault-words.ts";
import type { Translation } from "./words.ts";

export const faultWords = {
  missing: "Das wird gebraucht.",
  name: "Sag, wie das Boot heißt.",
  between: (low, high) => `Möglich ist ${low} bis ${high}.`,
  hull: "Der Rumpf allein kann nicht länger sein als das ganze Boot.",
  number: "Bitte eine Zahl eingeben.",
  whole: "Bitte eine ganze Zahl eingeben.",
  money: "Bitte einen Betrag eingeben, etwa 3000000.",
  expires: "Sag, bis wann es versichert ist.",
} satisfies Translation<typeof en.faultWords>;
