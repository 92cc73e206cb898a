import type * as en from "./failure-words.ts";
import type { Translation } from "./words.ts";

export const failureTexts = {
  "offline":
    "Ahora mismo no hay conexión con Dokkerr. No se ha perdido nada: inténtalo de nuevo en un momento.",
  "unauthenticated": "Inicia sesión primero.",
  "forbidden": "Esto es de otra persona.",
  "not-found": "Aquí no hay nada. Puede que se haya quitado.",
  "dates-taken": "Alguien ha sido más rápido: esas noches están ocupadas.",
  "price-changed": "El precio ha cambiado desde que se mostró.",
  "quote-invalid": "La oferta ya no vale. Pide una nueva.",
  "quote-mismatch": "La oferta era para otra estancia u otro barco. Pide una nueva.",
  "not-bookable": "Este amarre no se puede reservar ahora mismo.",
  "conditions-not-accepted": "Acepta primero las condiciones del amarre.",
  "move-not-allowed": "La reserva ha avanzado entretanto. Vuelve a mirar cómo está.",
  "payment-required": "La tarjeta del huésped todavía no ha dado su conformidad.",
  "too-many-stays-held": "Tienes tantas estancias sin pagar como puede tener una persona.",
  "too-many-requests-open": "Tienes tantas solicitudes abiertas como puede tener una persona.",
  "email-taken": "Ya hay una cuenta con esa dirección. ¿Quieres iniciar sesión?",
  "stale": "Alguien ha cambiado esto entretanto. Mira los valores actuales y guarda de nuevo.",
  "dock-in-use": "El amarre tiene estancias por delante que este cambio impediría.",
  "rate-limited": "Ha sido mucho de golpe. Espera un minuto e inténtalo de nuevo.",
  "client-too-old": "Dokkerr tiene una versión más nueva. Recarga la página para seguir.",
  "hub-unavailable": "Las novedades en directo no están disponibles por el momento.",
  "unavailable": "Algo que Dokkerr necesita no está disponible por el momento. Inténtalo en breve.",
  "internal": "Algo ha fallado por nuestra parte. Inténtalo de nuevo y avísanos si sigue igual.",
} satisfies Translation<typeof en.failureTexts>;
