import type * as en from "./dock-card-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  from: "por la estancia",
  night: (price) => `${price} por noche`,
  maxLoa: (length) => `hasta ${length}`,
  deep: (depth) => `${depth} de fondo`,
  instant: "Reserva inmediata",
  why: "Por qué",
} satisfies Translation<typeof en.words>;
