import type * as en from "./host-words.ts";
import type { Translation } from "./words.ts";

export const policyWords = {
  flexible: "Flexibel",
  moderate: "Mittel",
  strict: "Streng",
} satisfies Translation<typeof en.policyWords>;

export const dockStatusWords = {
  draft: "Entwurf",
  published: "Veröffentlicht",
  paused: "Pausiert",
  maintenance: "In Wartung",
} satisfies Translation<typeof en.dockStatusWords>;
