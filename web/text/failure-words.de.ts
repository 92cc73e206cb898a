import type * as en from "./failure-words.ts";
import type { Translation } from "./words.ts";

export const failureTexts = {
  "offline":
    "Gerade gibt es keine Verbindung zu Dokkerr. Nichts ist verloren: Versuch es gleich noch einmal.",
  "unauthenticated": "Bitte melde dich zuerst an.",
  "forbidden": "Das gehört jemand anderem.",
  "not-found": "Hier ist nichts. Vielleicht wurde es entfernt.",
  "dates-taken": "Jemand war schneller: Diese Nächte sind vergeben.",
  "price-changed": "Der Preis hat sich geändert, seit er gezeigt wurde.",
  "quote-invalid": "Das Angebot gilt nicht mehr. Bitte hol ein neues.",
  "quote-mismatch":
    "Das Angebot war für einen anderen Aufenthalt oder ein anderes Boot. Bitte hol ein neues.",
  "not-bookable": "Dieser Liegeplatz kann gerade nicht gebucht werden.",
  "conditions-not-accepted": "Bitte nimm zuerst die Bedingungen des Liegeplatzes an.",
  "move-not-allowed": "Die Buchung ist inzwischen weiter. Sieh dir ihren Stand noch einmal an.",
  "payment-required": "Die Karte des Gastes hat noch nicht zugestimmt.",
  "too-many-stays-held": "Du hast so viele unbezahlte Aufenthalte, wie eine Person haben kann.",
  "too-many-requests-open": "Du hast so viele offene Anfragen, wie eine Person haben kann.",
  "email-taken": "Mit dieser Adresse gibt es schon ein Konto. Möchtest du dich anmelden?",
  "stale":
    "Jemand hat das inzwischen geändert. Sieh dir die neuen Werte an und speichere dann noch einmal.",
  "dock-in-use": "An diesem Liegeplatz stehen Aufenthalte an, die diese Änderung stören würde.",
  "rate-limited": "Das war viel auf einmal. Warte eine Minute und versuch es noch einmal.",
  "client-too-old":
    "Es gibt eine neuere Version von Dokkerr. Lade die Seite neu, um weiterzumachen.",
  "hub-unavailable": "Live-Nachrichten sind gerade nicht da.",
  "unavailable": "Etwas, das Dokkerr braucht, ist gerade nicht da. Versuch es gleich noch einmal.",
  "internal":
    "Auf unserer Seite ist etwas schiefgegangen. Versuch es noch einmal, und sag uns Bescheid, wenn es bleibt.",
} satisfies Translation<typeof en.failureTexts>;
