import type { Amenity } from "../../shared/dock.ts";

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
