import type * as en from "./kept-note-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  kept: (moment) =>
    `Desde tu dispositivo, a fecha de ${moment}. Puede que ya haya noches ocupadas, y para reservar hace falta conexión.`,
  inPart: "Aquí solo está guardada una parte de estas aguas.",
} satisfies Translation<typeof en.words>;
