import type * as en from "./account-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  signIn: "Iniciar sesión",
  signUp: "Crear una cuenta",
  signInText: "Tus barcos, estancias y conversaciones te esperan.",
  signUpText:
    "Una cuenta para reservar amarres, hablar con anfitriones y alquilar tu propio amarre.",
  name: "Tu nombre",
  nameHint: "Como te llaman anfitriones y huéspedes",
  email: "Correo electrónico",
  password: "Contraseña",
  newPasswordHint: "Al menos 8 caracteres. Lo mejor: unas palabras que solo para ti van juntas.",
  show: "Mostrar",
  hide: "Ocultar",
  showPassword: "Mostrar la contraseña",
  signInSubmit: "Iniciar sesión",
  signInBusy: "Iniciando sesión …",
  signUpSubmit: "Crear la cuenta",
  signUpBusy: "Creando …",
  isNew: "¿Primera vez aquí?",
  isKnown: "¿Ya has estado aquí?",
  wrong:
    "El correo y la contraseña no van juntos. Revisa los dos: las mayúsculas cuentan en la contraseña.",
  signInInstead: "Iniciar sesión con él",
  aside: "Un amarre a tu medida",
  asideText: "Describe tu barco una vez. Cada búsqueda conocerá su eslora, manga, calado y mástil.",
} satisfies Translation<typeof en.words>;

export const faultWords = {
  name: {
    "missing": "Di cómo te llamas.",
    "too-long": "80 caracteres como máximo.",
    "refused": "Ese nombre no se puede usar.",
  },
  email: {
    "missing": "Escribe tu correo electrónico.",
    "malformed": "Eso no es un correo electrónico. Son como ana@example.org.",
    "taken": "Ya hay una cuenta con esa dirección.",
  },
  password: {
    "missing": "Escribe tu contraseña.",
    "too-short": "Un poco más: una contraseña tiene al menos 8 caracteres.",
    "too-long": "128 caracteres como máximo.",
    "refused": "Esa contraseña no se puede usar.",
  },
} satisfies Translation<typeof en.faultWords>;
