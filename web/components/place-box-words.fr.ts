import type * as en from "./place-box-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  recent: "Recherches récentes",
  nothing: "Aucun lieu de ce nom. Essayez la ville ou le port voisin.",
  failed: "La recherche de lieux ne répond pas pour l’instant.",
  found: (count) => count <= 1 ? `${count} lieu` : `${count} lieux`,
} satisfies Translation<typeof en.words>;
