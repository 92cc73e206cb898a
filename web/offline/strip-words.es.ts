import type * as en from "./strip-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  label: "Conexión y versión",
  offline: "Sin conexión.",
  kept: (moment) => `Ves lo que guardó este dispositivo, a fecha de ${moment}.`,
  nothing: "Lo que ya habías abierto sigue aquí.",
  booking: "Para reservar hace falta conexión: lo que escribes se guarda hasta entonces.",
  slow: (moment) =>
    `La conexión es débil. Ves lo que guardó este dispositivo, a fecha de ${moment}.`,
  coasts: "Costas guardadas",
  hide: "Ocultar",
  newer: "Hay una versión más nueva de Dokkerr.",
  load: "Cargarla",
  typed: "Has escrito aquí algo que no se ha enviado. ¿Cargar de todos modos?",
  loadAnyway: "Cargar de todos modos",
  later: "Más tarde",
} satisfies Translation<typeof en.words>;
