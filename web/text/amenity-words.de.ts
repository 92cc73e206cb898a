import type * as en from "./amenity-words.ts";
import type { Translation } from "./words.ts";

export const amenityWords = {
  electricity: "Landstrom",
  water_tap: "Wasser",
  pump_out: "Absaugstation",
  fuel: "Tankstelle",
  showers: "Duschen",
  toilets: "Toiletten",
  laundry: "Waschmaschine",
  wifi: "WLAN",
  security: "Bewachung",
  restaurant: "Restaurant",
  chandler: "Bootsausrüster",
  boatyard: "Werft",
  boat_hoist: "Kran",
  slipway: "Slipbahn",
  provisions: "Proviant",
  parking: "Parkplatz",
  waste: "Müllentsorgung",
  pets: "Haustiere willkommen",
} satisfies Translation<typeof en.amenityWords>;
