import type { Inlet, PartialVessel } from "./boat.ts";
import type { Outlet } from "./dock.ts";
import type { FitDock, FitReason, Water } from "./fit.ts";
import { worstInlet } from "./fit-power.ts";
import { type FitCode, OVERHEAD_CLEARANCE_CM, UNDER_KEEL_CM } from "./fit-rules.ts";
import type { LocalDate } from "./stay.ts";

type Explained = Pick<FitReason, "text" | "needed" | "available">;

const HULLS = { mono: "monohulls", multi: "multihulls", power: "motor boats" } as const;

/** Lengths that were written before, by centimetre: an answer says a hundred of them. */
const written: string[] = [];
const MOST_WRITTEN_CM = 10_000;

function metres(cm: number): string {
  if (!(cm >= 0 && cm < MOST_WRITTEN_CM)) return `${(cm / 100).toFixed(2)} m`;
  return written[cm] ??= `${(cm / 100).toFixed(2)} m`;
}

function tonnes(kg: number): string {
  return `${(kg / 1000).toFixed(1)} t`;
}

function plug({ plug, volts, amps, phases }: Inlet | Outlet): string {
  const name = plug.toUpperCase().replaceAll("_", " ");
  return `${name} (${volts} V, ${amps} A${phases === 3 ? ", 3-phase" : ""})`;
}

/** A finding in a plain English sentence, with what was compared. Values are those of the rule. */
export function explainFit(
  code: FitCode,
  dock: FitDock,
  vessel: PartialVessel,
  water: Water | undefined,
  departure: LocalDate | undefined,
): Explained {
  switch (code) {
    case "length-fits":
    case "too-long":
    case "too-short":
      return explainLength(code, dock, vessel.loaCm ?? 0);
    case "loa-unknown":
      return { text: "The boat's length over all is not given" };
    case "beam-fits":
    case "too-wide": {
      const [needed, available] = [vessel.beamCm ?? 0, dock.maxBeamCm ?? 0];
      return {
        text: `Beam ${metres(needed)}; the berth takes up to ${metres(available)}`,
        needed,
        available,
      };
    }
    case "beam-unknown":
      return { text: "The boat's beam is not given" };
    case "max-beam-unknown":
      return { text: "The berth's width is not known" };
    case "deep-enough":
    case "aground-at-low-water":
    case "too-shallow":
    case "no-tide-to-enter":
    case "tide-unknown":
      return explainDepth(code, dock.depthLatCm ?? 0, vessel, water);
    case "draft-unknown":
      return { text: "The boat's draft is not given" };
    case "depth-unknown":
      return { text: "The depth at low water is not known here" };
    case "clears-overhead":
    case "too-high":
    case "high-water-unknown":
      return explainAirDraft(code, dock.overheadLatCm ?? 0, vessel.airDraftCm ?? 0, water);
    case "air-draft-unknown":
      return { text: "There is an overhead, and the boat's air draft is not given" };
    case "overhead-unknown":
      return { text: "There is an overhead whose height is not known" };
    case "light-enough":
    case "too-heavy": {
      const [needed, available] = [vessel.displacementKg ?? 0, dock.maxDisplacementKg ?? 0];
      return {
        text: `Displacement ${tonnes(needed)}; the berth takes up to ${tonnes(available)}`,
        needed,
        available,
      };
    }
    case "displacement-unknown":
      return { text: "The berth has a weight limit, and the boat's displacement is not given" };
    case "max-displacement-unknown":
      return { text: "How much weight this berth bears is not known" };
    case "power-fits":
    case "power-adapter":
    case "power-fewer-amps":
    case "power-shared":
    case "no-outlet":
      return explainPower(code, vessel.inlets ?? [], dock.outlets);
    case "hull-taken":
    case "hull-not-taken":
      return {
        text: `The berth ${code === "hull-taken" ? "takes" : "does not take"} ${
          HULLS[vessel.hullType ?? "mono"]
        }`,
      };
    case "hull-unknown":
      return { text: "The berth does not take every hull, and the boat's is not given" };
    case "insured":
      return { text: `Insurance lasts to ${vessel.insuranceExpires}, which covers the stay` };
    case "insurance-ends":
      return {
        text: `Insurance ends on ${vessel.insuranceExpires}, before departure on ${departure}`,
      };
    case "insurance-unknown":
      return { text: "The berth asks for insurance, and the boat's is not given" };
    case "departure-unknown":
      return { text: "The berth asks for insurance to the day of departure; give the dates" };
  }
}

function explainLength(code: FitCode, dock: FitDock, needed: number): Explained {
  const isShort = code === "too-short";
  const available = isShort ? (dock.minLoaCm ?? 0) : dock.maxLoaCm;
  return {
    text: `Length ${metres(needed)}; the berth takes ${isShort ? "no less than" : "up to"} ${
      metres(available)
    }`,
    needed,
    available,
  };
}

function explainDepth(
  code: FitCode,
  depthLatCm: number,
  vessel: PartialVessel,
  water: Water | undefined,
): Explained {
  const draft = vessel.draftCm ?? 0;
  const needed = draft + UNDER_KEEL_CM;
  const atLow = depthLatCm + (water?.lowCm ?? 0);
  const atHigh = depthLatCm + (water?.highCm ?? 0);
  const demand = `Draft ${metres(draft)} + ${metres(UNDER_KEEL_CM)} margin needs ${metres(needed)}`;
  const low = `${metres(atLow)} at lowest water`;
  const high = `${metres(atHigh)} at highest water`;
  switch (code) {
    case "aground-at-low-water":
      return {
        text: `${demand}; ${high}, ${low}: arrive and leave near high water, she takes the ground`,
        needed,
        available: atLow,
      };
    case "no-tide-to-enter":
      return {
        text: `${demand}; ${high}, but never between check-in and check-out`,
        needed,
        available: atLow,
      };
    case "tide-unknown":
      return {
        text: `${demand}; ${low}, and how far it rises is not known`,
        needed,
        available: atLow,
      };
    default: {
      const fallsShortAtHigh = code === "too-shallow" && vessel.takesGround === true;
      return {
        text: `${demand}; ${fallsShortAtHigh ? high : low}`,
        needed,
        available: fallsShortAtHigh ? atHigh : atLow,
      };
    }
  }
}

function explainAirDraft(
  code: FitCode,
  overheadLatCm: number,
  airDraft: number,
  water: Water | undefined,
): Explained {
  const needed = airDraft + OVERHEAD_CLEARANCE_CM;
  const available = overheadLatCm - (water?.highCm ?? 0);
  const demand = `Air draft ${metres(airDraft)} + ${metres(OVERHEAD_CLEARANCE_CM)} margin needs ${
    metres(needed)
  }`;
  const level = water ? "at highest water" : "at lowest water";
  const rest = code === "high-water-unknown" ? ", and how far it rises is not known" : "";
  return { text: `${demand}; ${metres(available)} ${level}${rest}`, needed, available };
}

function explainPower(
  code: FitCode,
  inlets: readonly Inlet[],
  outlets: readonly Outlet[],
): Explained {
  const worst = worstInlet(inlets, outlets);
  if (!worst?.outlet || code === "no-outlet") {
    const wanted = worst ? plug(worst.inlet) : "shore power";
    return {
      text: outlets.length === 0
        ? `The boat needs ${wanted}; there is no shore power`
        : `The boat needs ${wanted}; no outlet here serves it`,
      ...(worst ? { needed: worst.inlet.amps } : {}),
      available: 0,
    };
  }
  const { inlet, outlet } = worst;
  const compared = { needed: inlet.amps, available: outlet.amps };
  switch (code) {
    case "power-adapter":
      return {
        text: `The boat needs ${plug(inlet)}; an adapter to ${plug(outlet)} is needed`,
        ...compared,
      };
    case "power-fewer-amps":
      return {
        text: `The boat needs ${plug(inlet)}; the outlet gives ${outlet.amps} A`,
        ...compared,
      };
    case "power-shared":
      return { text: `The boat's inlets must share the outlet ${plug(outlet)}`, ...compared };
    default:
      return { text: `Shore power ${plug(outlet)} serves the boat`, ...compared };
  }
}
