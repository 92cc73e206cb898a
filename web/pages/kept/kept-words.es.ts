import type * as en from "./kept-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  title: "Guardado en este dispositivo",
  intro:
    "En las costas guardadas se puede buscar sin cobertura: cualquier noche, cualquier barco, con precios y encaje.",
  none: "Aún no hay ninguna costa guardada",
  noneText: "Busca unas aguas y elige después «Guardar esta costa» bajo sus amarres.",
  find: "Ir a la búsqueda",
  asOf: (moment) => `A fecha de ${moment}`,
  search: "Buscar en ella",
  renew: "Actualizar",
  forget: "Quitar",
  forgetSure: "¿Quitar esta costa del dispositivo?",
  seen: (size) => `Lo que miraste de paso ocupa ${size} más; lo más antiguo se va primero.`,
  keep: "Guardar esta costa",
  keepHint: "Para buscar en ella más tarde sin cobertura.",
  keeping: (done, of) => `Descargando: ${done} de ${of} partes`,
  starting: "Descargando …",
  stop: "Parar",
  done: "Esta costa está guardada.",
  toKept: "Todas las costas guardadas",
  faults: {
    "offline": "Se perdió la conexión. Lo que ha llegado no se muestra hasta que esté todo.",
    "too-wide": "Es demasiada costa de una vez. Acerca el mapa y guárdala por partes.",
    "no-room": "A este dispositivo no le queda sitio o no deja que las páginas guarden nada.",
  },
} satisfies Translation<typeof en.words>;
