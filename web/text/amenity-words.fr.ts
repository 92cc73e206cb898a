import type * as en from "./amenity-words.ts";
import type { Translation } from "./words.ts";

export const amenityWords = {
  electricity: "Électricité",
  water_tap: "Eau",
  pump_out: "Pompe à eaux noires",
  fuel: "Carburant",
  showers: "Douches",
  toilets: "Toilettes",
  laundry: "Laverie",
  wifi: "Wi-Fi",
  security: "Gardiennage",
  restaurant: "Restaurant",
  chandler: "Accastillage",
  boatyard: "Chantier naval",
  boat_hoist: "Grue",
  slipway: "Cale",
  provisions: "Avitaillement",
  parking: "Parking",
  waste: "Déchets",
  pets: "Animaux bienvenus",
} satisfies Translation<typeof en.amenityWords>;
