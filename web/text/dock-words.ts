import type { HullType, Plug } from "../../shared/boat.ts";
import type { Amenity, CancellationPolicy, DockKind, DockStatus } from "../../shared/dock.ts";
import type { FitRule, Verdict } from "../../shared/fit.ts";

export const kindWords: Record<DockKind, string> = {
  slip: "Slip",
  side_tie: "Side-tie quay",
  t_head: "T-head",
  stern_to: "Stern-to berth",
  pile: "Pile berth",
  mooring: "Mooring buoy",
  dry_rack: "Dry rack",
};

export const amenityWords: Record<Amenity, string> = {
  electricity: "Shore power",
  water_tap: "Water",
  pump_out: "Pump-out",
  fuel: "Fuel",
  showers: "Showers",
  toilets: "Toilets",
  laundry: "Laundry",
  wifi: "Wi-Fi",
  security: "Security",
  restaurant: "Restaurant",
  chandler: "Chandler",
  boatyard: "Boatyard",
  boat_hoist: "Boat hoist",
  slipway: "Slipway",
  provisions: "Provisions",
  parking: "Parking",
  waste: "Waste disposal",
  pets: "Pets welcome",
};

export const verdictWords: Record<Verdict, string> = {
  fits: "Fits",
  conditional: "Fits, with a condition",
  no: "Does not fit",
  unknown: "Fit not known",
};

export const ruleWords: Record<FitRule, string> = {
  length: "Length",
  beam: "Beam",
  depth: "Depth",
  air_draft: "Air draft",
  displacement: "Weight",
  power: "Shore power",
  hull_type: "Hull",
  insurance: "Insurance",
};

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

export const policyWords: Record<CancellationPolicy, string> = {
  flexible: "Flexible",
  moderate: "Moderate",
  strict: "Strict",
};

export const dockStatusWords: Record<DockStatus, string> = {
  draft: "Draft",
  published: "Published",
  paused: "Paused",
  maintenance: "Under maintenance",
};
