import type * as en from "./boat-words.ts";
import type { Translation } from "./words.ts";

export const hullWords = {
  mono: "Velero monocasco",
  multi: "Multicasco",
  power: "Barco a motor",
} satisfies Translation<typeof en.hullWords>;

export const plugWords = {
  nema_l5_20: "NEMA L5-20",
  nema_l5_30: "NEMA L5-30",
  nema_ss2_50: "NEMA SS2-50",
  smartplug_30: "SmartPlug 30",
  smartplug_50: "SmartPlug 50",
  cee_16: "CEE 16",
  cee_32: "CEE 32",
  cee_63: "CEE 63",
  cee_125: "CEE 125",
  domestic: "Enchufe doméstico",
} satisfies Translation<typeof en.plugWords>;
