import type * as en from "./boat-fault-words.ts";
import type { Translation } from "./words.ts";

export const faultWords = {
  missing: "Esto hace falta.",
  name: "Di cómo se llama el barco.",
  between: (low, high) => `Puede ser de ${low} a ${high}.`,
  hull: "El casco solo no puede ser más largo que todo el barco.",
  number: "Escribe un número.",
  whole: "Escribe un número entero.",
  money: "Escribe un importe, por ejemplo 3000000.",
  expires: "Di hasta cuándo está asegurado.",
} satisfies Translation<typeof en.faultWords>;
