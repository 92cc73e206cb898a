import type { FitCode } from "../../shared/fit-rules.ts";

/** What was compared, in the visitor's units; a value that was not given is "". */
type Sentence = (needed: string, available: string) => string;

const lengths: Sentence = (boat, berth) => `She is ${boat}, the berth takes up to ${berth}.`;
const beams: Sentence = (boat, berth) => `She is ${boat} wide, the berth takes up to ${berth}.`;
const weights: Sentence = (boat, berth) => `She weighs ${boat}, the berth bears up to ${berth}.`;
const air: Sentence = (needed, air) =>
  `Her mast and a margin need ${needed}; at highest water there are ${air}.`;

/** Each finding of `shared/fit-rules.ts` as a sentence. */
export const reasonSentences = {
  "length-fits": lengths,
  "too-long": lengths,
  "too-short": (boat, least) => `She is ${boat}, the berth takes no less than ${least}.`,
  "loa-unknown": () => "Her length over all is not given.",
  "beam-fits": beams,
  "too-wide": beams,
  "beam-unknown": () => "Her beam is not given.",
  "max-beam-unknown": () => "The berth's width is not known.",
  "deep-enough": (needed, depth) =>
    `Her draft and a margin need ${needed}; at lowest water there are ${depth}.`,
  "aground-at-low-water": (needed, depth) =>
    `Her draft and a margin need ${needed}; at lowest water there are ${depth}. She takes the ground: come and go near high water.`,
  "too-shallow": (needed, depth) =>
    `Her draft and a margin need ${needed}; there are only ${depth}.`,
  "no-tide-to-enter": (needed) =>
    `Her draft and a margin need ${needed}, which no tide between check-in and check-out gives.`,
  "draft-unknown": () => "Her draft is not given.",
  "depth-unknown": () => "The depth at low water is not known here.",
  "tide-unknown": (needed, depth) =>
    `Her draft and a margin need ${needed}; at lowest water there are ${depth}, and how far it rises is not known.`,
  "clears-overhead": air,
  "too-high": (needed, air) => `Her mast and a margin need ${needed}; there are only ${air}.`,
  "air-draft-unknown": () => "There is a bridge or wire, and her air draft is not given.",
  "overhead-unknown": () => "There is a bridge or wire whose height is not known.",
  "high-water-unknown": (needed, air) =>
    `Her mast and a margin need ${needed}; at lowest water there are ${air}, and how far it rises is not known.`,
  "light-enough": weights,
  "too-heavy": weights,
  "displacement-unknown": () => "The berth has a weight limit, and her displacement is not given.",
  "max-displacement-unknown": () => "How much weight this berth bears is not known.",
  "power-fits": (_needed, amps) => `An outlet with ${amps} serves her.`,
  "power-adapter": (needed) => `Her plug for ${needed} needs an adapter here.`,
  "power-fewer-amps": (needed, amps) => `She takes ${needed}, the outlet gives ${amps}.`,
  "power-shared": (_needed, amps) => `Her inlets must share an outlet with ${amps}.`,
  "no-outlet": (needed) =>
    needed ? `No outlet here serves her plug for ${needed}.` : "There is no shore power.",
  "hull-taken": () => "Boats of her kind are welcome.",
  "hull-not-taken": () => "Boats of her kind are not taken.",
  "hull-unknown": () => "The berth does not take every kind of boat, and hers is not given.",
  "insured": () => "Her insurance covers the stay.",
  "insurance-ends": () => "Her insurance ends before the departure.",
  "insurance-unknown": () => "The berth asks for insurance, and hers is not given.",
  "departure-unknown": () =>
    "The berth asks for insurance to the day of departure: choose your nights.",
} as const satisfies Record<FitCode, Sentence>;
