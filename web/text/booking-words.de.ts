import type * as en from "./booking-words.ts";
import type { Translation } from "./words.ts";

export const bookingStatusWords = {
  held: "Vorgemerkt",
  requested: "Angefragt",
  confirmed: "Bestätigt",
  checked_in: "Am Liegeplatz",
  completed: "Beendet",
  expired: "Abgelaufen",
  declined: "Abgelehnt",
  cancelled: "Storniert",
  no_show: "Nicht erschienen",
} satisfies Translation<typeof en.bookingStatusWords>;
