import type * as en from "./shell-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  skip: "Ir al contenido",
  home: "Dokkerr: inicio",
  main: "Menú principal",
  search: "Buscar",
  stays: "Estancias",
  messages: "Mensajes",
  host: "Anfitrión",
  menu: "Cuenta y ajustes",
  signIn: "Iniciar sesión",
  credits: "Datos y fuentes",
  notNavigation: "El mapa muestra dónde están los amarres. No sirve para navegar.",
  broken: "Esta página se ha roto",
  brokenText: "Ha sido culpa nuestra, y nada de lo que escribiste en otro sitio se ha perdido.",
  reload: "Cargar de nuevo",
  outOfDate: "Dokkerr tiene una versión más nueva o no hay conexión.",
} satisfies Translation<typeof en.words>;
