import type { Inlet } from "./boat.ts";
import type { Outlet } from "./dock.ts";

/** How well an outlet serves an inlet, from not at all to as she is. */
export type PlugMatch = 0 | 1 | 2 | 3;
const NONE = 0;
const ADAPTER = 1;
const FEWER_AMPS = 2;
const EXACT = 3;

export type PowerCode =
  | "power-fits"
  | "power-adapter"
  | "power-fewer-amps"
  | "power-shared"
  | "no-outlet";

/** Mains differ by a few percent between countries and nominal values; EN 50160 allows 10. */
function isNear(volts: number, wanted: number): boolean {
  return Math.abs(volts - wanted) * 10 <= wanted;
}

/** Volts between one live wire and neutral, which an adapter can bring out of a larger outlet. */
function legVolts(outlet: Outlet): number {
  if (outlet.phases === 3) return outlet.volts / Math.sqrt(3);
  const isSplitPhase = outlet.plug === "nema_ss2_50" || outlet.plug === "smartplug_50";
  return isSplitPhase ? outlet.volts / 2 : outlet.volts;
}

/** What plugging an inlet into an outlet comes to. */
export function matchPlug(inlet: Inlet, outlet: Outlet): PlugMatch {
  if (outlet.phases === inlet.phases && isNear(outlet.volts, inlet.volts)) {
    if (outlet.plug !== inlet.plug) return ADAPTER;
    return outlet.amps >= inlet.amps ? EXACT : FEWER_AMPS;
  }
  return inlet.phases === 1 && isNear(legVolts(outlet), inlet.volts) ? ADAPTER : NONE;
}

function bestMatch(inlet: Inlet, outlets: readonly Outlet[]): PlugMatch {
  let best: PlugMatch = NONE;
  for (const outlet of outlets) {
    const match = matchPlug(inlet, outlet);
    if (match > best) best = match;
  }
  return best;
}

/** Whether each required inlet from `index` on finds an exact outlet that no other has taken. */
function canAssign(
  inlets: readonly Inlet[],
  outlets: readonly Outlet[],
  index: number,
  taken: number,
): boolean {
  const inlet = inlets[index];
  if (!inlet) return true;
  if (!inlet.required) return canAssign(inlets, outlets, index + 1, taken);
  for (let i = 0; i < outlets.length; i++) {
    const bit = 1 << i;
    if (taken & bit || matchPlug(inlet, outlets[i]!) !== EXACT) continue;
    if (canAssign(inlets, outlets, index + 1, taken | bit)) return true;
  }
  return false;
}

/**
 * Whether a dock's outlets serve what a boat must plug in: as they are, with an adapter, with
 * fewer amps, with two inlets on one outlet, or not. Undefined where she needs none; an inlet
 * that is not required never makes it worse.
 */
export function powerCode(
  inlets: readonly Inlet[] | undefined,
  outlets: readonly Outlet[],
): PowerCode | undefined {
  if (!inlets?.some((inlet) => inlet.required)) return undefined;
  let worst: PlugMatch = EXACT;
  for (const inlet of inlets) {
    if (!inlet.required) continue;
    const match = bestMatch(inlet, outlets);
    if (match < worst) worst = match;
  }
  if (worst === NONE) return "no-outlet";
  if (worst === ADAPTER) return "power-adapter";
  if (worst === FEWER_AMPS) return "power-fewer-amps";
  return canAssign(inlets, outlets, 0, 0) ? "power-fits" : "power-shared";
}

/** The required inlet that is served worst, and the outlet that serves it best, if any does. */
export function worstInlet(
  inlets: readonly Inlet[],
  outlets: readonly Outlet[],
): { inlet: Inlet; outlet: Outlet | undefined } | undefined {
  const required = inlets.filter((inlet) => inlet.required);
  const [inlet] = required.sort((a, b) => bestMatch(a, outlets) - bestMatch(b, outlets));
  if (!inlet) return undefined;
  const usable = outlets.filter((outlet) => matchPlug(inlet, outlet) !== NONE);
  const [outlet] = usable.sort(
    (a, b) => matchPlug(inlet, b) - matchPlug(inlet, a) || b.amps - a.amps,
  );
  return { inlet, outlet };
}
