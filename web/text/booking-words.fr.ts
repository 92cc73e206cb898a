import type * as en from "./booking-words.ts";
import type { Translation } from "./words.ts";

export const bookingStatusWords = {
  held: "En attente",
  requested: "Demandé",
  confirmed: "Confirmé",
  checked_in: "Au poste",
  completed: "Terminé",
  expired: "Expiré",
  declined: "Refusé",
  cancelled: "Annulé",
  no_show: "Pas venu",
} satisfies Translation<typeof en.bookingStatusWords>;
