import type * as en from "./landing-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  hero: "Trouvez un poste à votre mesure.",
  heroText:
    "Dites-nous le plan d’eau, les nuits et votre bateau. Vous voyez quels postes sont libres, si le bateau y est en sécurité à basse mer, et ce que cela coûte, ligne par ligne.",
} satisfies Translation<typeof en.words>;
