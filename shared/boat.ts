import * as z from "zod/mini";
import { Uuid } from "./ids.ts";
import { Currency, Minor } from "./money.ts";
import { patchOf } from "./patch.ts";
import { LocalDate } from "./stay.ts";

export const HullType = z.enum(["mono", "multi", "power"]);
export type HullType = z.infer<typeof HullType>;

/** Plugs of shore power: US NEMA / SmartPlug by amps, IEC 60309 (CEE), domestic sockets. */
export const Plug = z.enum([
  "nema_l5_20",
  "nema_l5_30",
  "nema_ss2_50",
  "smartplug_30",
  "smartplug_50",
  "cee_16",
  "cee_32",
  "cee_63",
  "cee_125",
  "domestic",
]);
export type Plug = z.infer<typeof Plug>;

/** What a boat plugs in; `required` where she cannot lie without it. */
export const Inlet = z.object({
  volts: z.int().check(z.gte(12), z.lte(690)),
  amps: z.int().check(z.gte(1), z.lte(800)),
  phases: z.literal([1, 3]),
  plug: Plug,
  required: z.boolean(),
});
export type Inlet = z.infer<typeof Inlet>;

const LengthCm = z.int().check(z.gte(100), z.lte(30_000));
const BeamCm = z.int().check(z.gte(30), z.lte(6_000));
const DraftCm = z.int().check(z.gte(5), z.lte(2_000));
const AirDraftCm = z.int().check(z.gte(30), z.lte(12_000));
const DisplacementKg = z.int().check(z.gte(50), z.lte(20_000_000));

/**
 * What decides where a boat may lie: centimetres and kilograms; `loaCm` is over all, with
 * bowsprit, platform and davits. A missing value makes the rules that need it `unknown`.
 */
export const Vessel = z.object({
  hullType: HullType,
  loaCm: LengthCm,
  beamCm: BeamCm,
  draftCm: DraftCm,
  airDraftCm: z.optional(AirDraftCm),
  displacementKg: z.optional(DisplacementKg),
  takesGround: z.optional(z.boolean()),
  inlets: z.optional(z.array(Inlet).check(z.maxLength(4))),
  insuranceExpires: z.optional(LocalDate),
});
export type Vessel = z.infer<typeof Vessel>;

/** A vessel of which any value may still be unknown: what a search or a quote is asked with. */
export const PartialVessel = z.partial(Vessel);
export type PartialVessel = z.infer<typeof PartialVessel>;

const BoatName = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/** A vessel with the name that the harbour knows her by: a booking's snapshot. */
export const NamedVessel = z.extend(Vessel, { name: BoatName });
export type NamedVessel = z.infer<typeof NamedVessel>;

/** What its owner writes of a boat. `hullLengthCm` leaves out what `loaCm` includes. */
export const NewBoat = z.extend(NamedVessel, {
  hullLengthCm: z.optional(LengthCm),
  insuranceLimit: z.optional(
    z.object({ amountMinor: Minor.check(z.gte(0)), currency: Currency }),
  ),
});
export type NewBoat = z.infer<typeof NewBoat>;

/** A saved boat. */
export const Boat = z.extend(NewBoat, { id: Uuid, version: z.int() });
export type Boat = z.infer<typeof Boat>;

export const BoatPatch = patchOf(NewBoat);
export type BoatPatch = z.infer<typeof BoatPatch>;
