import type * as en from "./landing-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  hero: "Encuentra un amarre a tu medida.",
  heroText:
    "Dinos las aguas, las noches y tu barco. Verás qué amarres están libres, si el barco queda seguro en bajamar y cuánto cuesta, línea por línea.",
} satisfies Translation<typeof en.words>;
