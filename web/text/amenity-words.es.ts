import type * as en from "./amenity-words.ts";
import type { Translation } from "./words.ts";

export const amenityWords = {
  electricity: "Corriente",
  water_tap: "Agua",
  pump_out: "Aspiración de aguas negras",
  fuel: "Combustible",
  showers: "Duchas",
  toilets: "Aseos",
  laundry: "Lavandería",
  wifi: "Wifi",
  security: "Vigilancia",
  restaurant: "Restaurante",
  chandler: "Efectos navales",
  boatyard: "Varadero",
  boat_hoist: "Travelift",
  slipway: "Rampa",
  provisions: "Víveres",
  parking: "Aparcamiento",
  waste: "Residuos",
  pets: "Se admiten mascotas",
} satisfies Translation<typeof en.amenityWords>;
