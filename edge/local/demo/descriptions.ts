import { type Amenity, type DockKind, isLinear, type NewDock } from "../../../shared/dock.ts";
import type { Random } from "./random.ts";

const OPENINGS: Record<DockKind, readonly string[]> = {
  slip: [
    "Finger slip for boats up to {loa}",
    "Sheltered slip with a finger on one side, up to {loa}",
  ],
  stern_to: [
    "Stern-to berth with lazy lines for boats up to {loa}",
    "Lies stern-to, bow on the lazy line, up to {loa}",
  ],
  pile: [
    "Box between piles for boats up to {loa}",
    "Pile berth, bow or stern to the pontoon, up to {loa}",
  ],
  side_tie: [
    "Alongside berth on {quay} of quay, boats up to {loa}",
    "{quay} of quay to lie alongside, rafting not allowed, up to {loa}",
  ],
  t_head: [
    "T-head with {quay} of free side, easy to reach, up to {loa}",
    "Outer side of the pontoon's head, {quay} long, boats up to {loa}",
  ],
  mooring: [
    "Swinging mooring with a pick-up buoy for boats up to {loa}",
    "Mooring on a serviced block, dinghy dock close by, up to {loa}",
  ],
  dry_rack: [
    "Rack ashore, launched on an hour's call, for boats up to {loa}",
    "Dry berth under cover for motor boats up to {loa}",
  ],
};

/** Facts that are worth a sentence, in the order in which people ask for them. */
const ASHORE: readonly (readonly [Amenity, string])[] = [
  ["showers", "hot showers"],
  ["laundry", "a laundry"],
  ["wifi", "Wi-Fi that reaches the berth"],
  ["fuel", "a fuel berth"],
  ["provisions", "a shop for provisions"],
  ["restaurant", "a restaurant"],
  ["chandler", "a chandler"],
  ["boatyard", "a yard for repairs"],
];

/** A few sentences made of what is true of the dock, in feet where people think in feet. */
export function describeDock(dock: NewDock, country: string, random: Random): string {
  const unit = country === "US" || country === "PR" || country === "VI" ? "ft" : "m";
  const length = (cm: number) => formatShort(cm, unit);
  const sentences = [
    `${
      random.pick(OPENINGS[dock.kind])
        .replace("{loa}", length(dock.maxLoaCm))
        .replace("{quay}", length(dock.lengthCm ?? 0))
    }.`,
  ];
  const services = [
    ...(dock.outlets.length > 0 ? ["shore power"] : []),
    ...(dock.amenities.includes("water_tap") ? ["fresh water"] : []),
  ];
  if (services.length > 0) sentences.push(`${capital(services.join(" and "))} at the berth.`);
  const ashore = ASHORE.filter(([amenity]) => dock.amenities.includes(amenity)).slice(0, 3);
  if (ashore.length > 0) sentences.push(`Ashore: ${ashore.map(([, text]) => text).join(", ")}.`);
  if (dock.depthCm !== undefined && dock.depthCm < 60 && dock.kind !== "dry_rack") {
    sentences.push("Dries or nearly so at low water: for boats that take the ground.");
  }
  if (dock.overheadCm !== undefined) sentences.push("Mind the clearance overhead on the way in.");
  if (isLinear(dock.kind)) {
    sentences.push(`We keep ${length(dock.gapCm)} between two boats.`);
  }
  if (dock.accessible) sentences.push("Step-free from the car park.");
  if (dock.minNights > 1) sentences.push(`From ${dock.minNights} nights on.`);
  return sentences.join(" ");
}

/** Of its own, because making a number format for each of a million docks takes a minute. */
function formatShort(cm: number, unit: "m" | "ft"): string {
  return unit === "ft" ? `${Math.round(cm / 30.48)} ft` : `${cm / 100} m`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
