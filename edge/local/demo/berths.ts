import { type DockKind, type DockStatus, isLinear } from "../../../shared/dock.ts";
import { wrapLon } from "../../../shared/geo.ts";
import { feetToCm } from "../../../shared/units.ts";
import { habitsOf } from "./countries.ts";
import type { DemoHarbour } from "./harbours.ts";
import { createRandom, type Random } from "./random.ts";

/** One berth of a harbour: what its place in the harbour decides. */
export interface Berth {
  kind: DockKind;
  name: string;
  lat: number;
  lon: number;
  maxLoaCm: number;
  status: DockStatus;
  blurred: boolean;
}

const METRES_A_DEGREE = 111_195;
const BERTHS_A_PONTOON = 30;
/** From here on a harbour has an office, pontoons with letters and a price list. */
export const MARINA_FROM_BERTHS = 4;

/** Shares of kinds, per way of berthing; what is missing to 1 is the first kind. */
const MIXES: Record<string, readonly (readonly [DockKind, number])[]> = {
  fingers: [["slip", 0], ["side_tie", 0.11], ["t_head", 0.05], ["mooring", 0.14], [
    "dry_rack",
    0.05,
  ]],
  stern_to: [
    ["stern_to", 0],
    ["slip", 0.22],
    ["side_tie", 0.12],
    ["t_head", 0.04],
    ["mooring", 0.1],
    ["dry_rack", 0.02],
  ],
  boxes: [["pile", 0], ["slip", 0.24], ["side_tie", 0.13], ["t_head", 0.05], ["mooring", 0.03]],
  moorings: [["mooring", 0], ["slip", 0.24], ["stern_to", 0.1], ["side_tie", 0.13], [
    "t_head",
    0.04,
  ]],
};

/**
 * The berths of a harbour, the same at every call: pontoons out from the shore with a T-head each,
 * quays along it, moorings off it, racks behind it, all within a kilometre and a half.
 */
export function berthsOf(harbour: DemoHarbour, number: number, seed: number): Berth[] {
  const random = createRandom(seed, 21, number);
  const mix = MIXES[habitsOf(harbour.country)?.berthing ?? "fingers"]!;
  const isGrand = harbour.berths > 30 && random.chance(0.35);
  const towards = harbour.seaward ?? random.next() * 2 * Math.PI;
  const [cos, sin] = [Math.cos(towards), Math.sin(towards)];
  const shrink = Math.cos((harbour.lat * Math.PI) / 180);
  const kinds = Array.from({ length: harbour.berths }, () => rollKind(mix, random));
  const pontoonBerths = kinds.filter((kind) => isAtPontoon(kind)).length;
  const pontoons = Math.max(1, Math.ceil(pontoonBerths / BERTHS_A_PONTOON));
  const quays = kinds.filter((kind) => kind === "side_tie").length;
  const nth = new Map<string, number>();

  return kinds.map((kind) => {
    const group = isAtPontoon(kind) ? "pontoon" : kind;
    const i = nth.get(group) ?? 0;
    nth.set(group, i + 1);
    // Metres along the shore and out from it.
    const [along, out] = placeInHarbour(group, i, pontoons, quays);
    const east = out * cos - along * sin;
    const north = out * sin + along * cos;
    return {
      kind,
      name: nameOf(harbour, kind, i),
      lat: round(harbour.lat + north / METRES_A_DEGREE),
      lon: round(wrapLon(harbour.lon + east / METRES_A_DEGREE / shrink)),
      maxLoaCm: rollLoa(kind, isGrand, harbour.country === "US", random),
      status: random.chance(0.965) ? "published" : random.pick(["draft", "paused", "maintenance"]),
      blurred: random.chance(harbour.berths < MARINA_FROM_BERTHS ? 0.3 : 0.03),
    };
  });
}

function isAtPontoon(kind: DockKind): boolean {
  return kind === "slip" || kind === "stern_to" || kind === "pile";
}

function rollKind(mix: readonly (readonly [DockKind, number])[], random: Random): DockKind {
  let roll = random.next();
  for (const [kind, share] of mix) {
    if (roll < share) return kind;
    roll -= share;
  }
  return mix[0]![0];
}

function placeInHarbour(
  group: string,
  i: number,
  pontoons: number,
  quays: number,
): [along: number, out: number] {
  const pontoonAt = (n: number) => (n - (pontoons - 1) / 2) * 55;
  switch (group) {
    case "pontoon": {
      const on = i % BERTHS_A_PONTOON;
      const side = on % 2 === 0 ? -9 : 9;
      return [pontoonAt(Math.floor(i / BERTHS_A_PONTOON)) + side, 20 + Math.floor(on / 2) * 5];
    }
    case "t_head":
      return [pontoonAt(i % pontoons), 105 + 30 * Math.floor(i / pontoons)];
    case "side_tie":
      return [(i - (quays - 1) / 2) * 42, -6];
    case "mooring":
      return [((i % 9) - 4) * 45, 220 + Math.floor(i / 9) * 45];
    default:
      return [(i % 20) * 6 - 60, -70 - Math.floor(i / 20) * 12];
  }
}

/** Feet to five and metres to a half: nobody has a berth of 11.87 m. */
function rollLoa(kind: DockKind, isGrand: boolean, inFeet: boolean, random: Random): number {
  let metres = 11 * Math.exp(0.3 * random.normal());
  if (isGrand && random.chance(0.2)) metres = 18 + 42 * random.next() ** 2;
  if (isLinear(kind)) metres *= 1.35;
  if (kind === "dry_rack") metres = Math.min(metres, 12) * 0.8;
  if (kind === "mooring") metres = Math.min(metres, 24);
  const clamped = Math.max(6, Math.min(60, metres));
  return inFeet
    ? feetToCm(Math.max(20, Math.min(195, Math.round(clamped / 0.3048 / 5) * 5)))
    : Math.round(clamped * 2) * 50;
}

function nameOf(harbour: DemoHarbour, kind: DockKind, i: number): string {
  const isMarina = harbour.berths >= MARINA_FROM_BERTHS;
  const where = i === 0 ? harbour.name : `${harbour.name} ${i + 1}`;
  const letter = (n: number) => String.fromCharCode(65 + (n % 26));
  switch (kind) {
    case "mooring":
      return isMarina ? `Mooring ${i + 1}` : `Mooring off ${where}`;
    case "side_tie":
      return isMarina ? `Quay ${i + 1}` : `Quay wall at ${where}`;
    case "t_head":
      return isMarina ? `T-head of pontoon ${letter(i)}` : `Jetty head at ${where}`;
    case "dry_rack":
      return isMarina ? `Rack ${i + 1}` : `Dry berth at ${where}`;
    default:
      return isMarina
        ? `Berth ${letter(Math.floor(i / BERTHS_A_PONTOON))}${(i % BERTHS_A_PONTOON) + 1}`
        : `${kind === "slip" ? "Slip" : kind === "pile" ? "Box" : "Stern-to berth"} at ${where}`;
  }
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
