import type { HullType, Plug } from "../../shared/boat.ts";

export const hullWords: Record<HullType, string> = {
  mono: "Sailing monohull",
  multi: "Multihull",
  power: "Motor boat",
};

export const plugWords: Record<Plug, string> = {
  nema_l5_20: "NEMA L5-20",
  nema_l5_30: "NEMA L5-30",
  nema_ss2_50: "NEMA SS2-50",
  smartplug_30: "SmartPlug 30",
  smartplug_50: "SmartPlug 50",
  cee_16: "CEE 16",
  cee_32: "CEE 32",
  cee_63: "CEE 63",
  cee_125: "CEE 125",
  domestic: "Household socket",
};
