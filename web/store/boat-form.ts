import type { Boat, HullType, Inlet, NewBoat, PartialVessel, Plug } from "../../shared/boat.ts";
import { minorToText, parseMoney, parseNumber } from "../text/figures.ts";

export interface InletForm {
  plug: Plug;
  volts: string;
  amps: string;
  phases: "1" | "3";
  required: boolean;
}

/** Everything about a boat as her owner types it: tonnes, money in major units, figures as text. */
export interface BoatForm {
  name: string;
  hullType: HullType;
  /** What is not known is null: every field of a form is there. */
  loaCm: number | null;
  hullLengthCm: number | null;
  beamCm: number | null;
  draftCm: number | null;
  airDraftCm: number | null;
  tonnes: string;
  takesGround: "" | "yes" | "no";
  inlets: readonly InletForm[];
  insuranceExpires: string;
  insuranceAmount: string;
  insuranceCurrency: string;
}

/** What each plug usually carries: people know their plug better than its volts. */
export const USUAL_INLETS: Record<Plug, Omit<InletForm, "plug" | "required">> = {
  nema_l5_20: { volts: "120", amps: "20", phases: "1" },
  nema_l5_30: { volts: "120", amps: "30", phases: "1" },
  nema_ss2_50: { volts: "240", amps: "50", phases: "1" },
  smartplug_30: { volts: "120", amps: "30", phases: "1" },
  smartplug_50: { volts: "240", amps: "50", phases: "1" },
  cee_16: { volts: "230", amps: "16", phases: "1" },
  cee_32: { volts: "230", amps: "32", phases: "1" },
  cee_63: { volts: "400", amps: "63", phases: "3" },
  cee_125: { volts: "400", amps: "125", phases: "3" },
  domestic: { volts: "230", amps: "10", phases: "1" },
};

/** A form for a boat of which this much is known. */
export function emptyBoatForm(vessel: PartialVessel, currency: string): BoatForm {
  return {
    name: "",
    hullType: vessel.hullType ?? "mono",
    loaCm: vessel.loaCm ?? null,
    hullLengthCm: null,
    beamCm: vessel.beamCm ?? null,
    draftCm: vessel.draftCm ?? null,
    airDraftCm: vessel.airDraftCm ?? null,
    tonnes: vessel.displacementKg === undefined ? "" : String(vessel.displacementKg / 1000),
    takesGround: vessel.takesGround === undefined ? "" : vessel.takesGround ? "yes" : "no",
    inlets: (vessel.inlets ?? []).map(inletToForm),
    insuranceExpires: vessel.insuranceExpires ?? "",
    insuranceAmount: "",
    insuranceCurrency: currency,
  };
}

/** A saved boat's form. */
export function boatToForm(boat: Boat, currency: string): BoatForm {
  const { name, hullLengthCm, insuranceLimit } = boat;
  return {
    ...emptyBoatForm(boat, currency),
    name,
    hullLengthCm: hullLengthCm ?? null,
    ...(insuranceLimit && {
      insuranceAmount: minorToText(insuranceLimit.amountMinor, insuranceLimit.currency),
      insuranceCurrency: insuranceLimit.currency,
    }),
  };
}

/** The boat that a form without faults describes. */
export function formToBoat(form: BoatForm): NewBoat {
  const { hullLengthCm, airDraftCm, insuranceExpires, insuranceCurrency: currency } = form;
  const tonnes = parseNumber(form.tonnes);
  const amountMinor = parseMoney(form.insuranceAmount, currency);
  return {
    name: form.name.trim(),
    hullType: form.hullType,
    // A form without faults has these three.
    loaCm: form.loaCm!,
    beamCm: form.beamCm!,
    draftCm: form.draftCm!,
    ...(hullLengthCm !== null && { hullLengthCm }),
    ...(airDraftCm !== null && { airDraftCm }),
    ...(tonnes !== undefined && { displacementKg: Math.round(tonnes * 1000) }),
    ...(form.takesGround && { takesGround: form.takesGround === "yes" }),
    ...(form.inlets.length > 0 && { inlets: form.inlets.map(formToInlet) }),
    ...(insuranceExpires && { insuranceExpires }),
    ...(amountMinor !== undefined && { insuranceLimit: { amountMinor, currency } }),
  };
}

/** As much of a boat as a form says already: for drawing her while she is typed. */
export function formToPartial({ hullType, ...form }: BoatForm): PartialVessel {
  const { loaCm, beamCm, draftCm, airDraftCm } = form;
  return {
    hullType,
    ...(loaCm !== null && { loaCm }),
    ...(beamCm !== null && { beamCm }),
    ...(draftCm !== null && { draftCm }),
    ...(airDraftCm !== null && { airDraftCm }),
  };
}

function inletToForm({ plug, volts, amps, phases, required }: Inlet): InletForm {
  return {
    plug,
    volts: String(volts),
    amps: String(amps),
    phases: phases === 3 ? "3" : "1",
    required,
  };
}

function formToInlet({ plug, volts, amps, phases, required }: InletForm): Inlet {
  return {
    plug,
    volts: Number(volts),
    amps: Number(amps),
    phases: phases === "3" ? 3 : 1,
    required,
  };
}
