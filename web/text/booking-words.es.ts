import type * as en from "./booking-words.ts";
import type { Translation } from "./words.ts";

export const bookingStatusWords = {
  held: "Retenida",
  requested: "Solicitada",
  confirmed: "Confirmada",
  checked_in: "En el amarre",
  completed: "Terminada",
  expired: "Caducada",
  declined: "Rechazada",
  cancelled: "Cancelada",
  no_show: "No se presentó",
} satisfies Translation<typeof en.bookingStatusWords>;
