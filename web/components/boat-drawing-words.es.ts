import type * as en from "./boat-drawing-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  label: "El barco a escala, de costado y de frente",
  loaCm: (text) => `eslora total ${text}`,
  beamCm: (text) => `manga ${text}`,
  draftCm: (text) => `calado ${text}`,
  airDraftCm: (text) => `altura sobre el agua ${text}`,
} satisfies Translation<typeof en.words>;
