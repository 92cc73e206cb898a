import type * as en from "./host-words.ts";
import type { Translation } from "./words.ts";

export const policyWords = {
  flexible: "Souple",
  moderate: "Modérée",
  strict: "Stricte",
} satisfies Translation<typeof en.policyWords>;

export const dockStatusWords = {
  draft: "Brouillon",
  published: "Publié",
  paused: "En pause",
  maintenance: "En travaux",
} satisfies Translation<typeof en.dockStatusWords>;
