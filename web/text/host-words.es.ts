import type * as en from "./host-words.ts";
import type { Translation } from "./words.ts";

export const policyWords = {
  flexible: "Flexible",
  moderate: "Moderada",
  strict: "Estricta",
} satisfies Translation<typeof en.policyWords>;

export const dockStatusWords = {
  draft: "Borrador",
  published: "Publicado",
  paused: "En pausa",
  maintenance: "En mantenimiento",
} satisfies Translation<typeof en.dockStatusWords>;
