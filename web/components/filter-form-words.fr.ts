import type * as en from "./filter-form-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  kind: "Type de poste",
  amenities: "Il doit y avoir",
  price: "Prix maximal du séjour",
  priceHint: "Choisissez d’abord vos nuits",
  currency: "Devise",
  instant: "Réservable immédiatement",
  instantHint: "Sans attendre la réponse de l’hôte",
  clear: "Tout effacer",
  done: "Voir les postes",
} satisfies Translation<typeof en.words>;
