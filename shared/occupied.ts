import type { TileDock } from "./tile-dock.ts";

/** A boat whose length is not given is taken for the shortest that Dokkerr knows. */
const SHORTEST_LOA_CM = 100;

type Berth = Pick<TileDock, "lengthCm" | "gapCm" | "minLoaCm" | "occupied">;

/**
 * Whether a dock can take a boat for the nights `[fromDay, toDay)`. A whole berth must be free
 * every night; a quay needs one run of LOA + gap that is free through the whole stay, as the
 * database's `choose_span` asks. Where the length is not given, the shortest boat that the dock
 * takes is meant. Allocates nothing.
 */
export function isFree(dock: Berth, fromDay: number, toDay: number, loaCm?: number): boolean {
  if (dock.lengthCm === null) return !isAnyTaken(dock.occupied, fromDay, toDay);
  const needCm = (loaCm ?? dock.minLoaCm ?? SHORTEST_LOA_CM) + dock.gapCm;
  return hasRun(dock.occupied, fromDay, toDay, dock.lengthCm, needCm);
}

/** For each night of `[fromDay, toDay)`, whether a boat could lie there that night alone. */
export function freeNights(
  dock: Berth,
  fromDay: number,
  toDay: number,
  loaCm?: number,
): boolean[] {
  return Array.from(
    { length: toDay - fromDay },
    (_, i) => isFree(dock, fromDay + i, fromDay + i + 1, loaCm),
  );
}

function isAnyTaken(occupied: readonly number[], fromDay: number, toDay: number): boolean {
  for (let i = 0; i < occupied.length; i += 4) {
    if (occupied[i]! < toDay && occupied[i + 1]! > fromDay) return true;
  }
  return false;
}

/**
 * Walks the quay from its start: whatever is in the way of the run that begins here moves the
 * beginning behind itself, until nothing does or the quay is over. Few boats lie on one quay, so
 * going round again is cheaper than sorting them.
 */
function hasRun(
  occupied: readonly number[],
  fromDay: number,
  toDay: number,
  lengthCm: number,
  needCm: number,
): boolean {
  let start = 0;
  for (let hasMoved = true; hasMoved && start + needCm <= lengthCm;) {
    hasMoved = false;
    for (let i = 0; i < occupied.length; i += 4) {
      if (occupied[i]! >= toDay || occupied[i + 1]! <= fromDay) continue;
      const spanHi = occupied[i + 3]!;
      if (spanHi === -1) {
        if (occupied[i + 2]! < start + needCm) return false;
      } else if (occupied[i + 2]! < start + needCm && spanHi > start) {
        start = spanHi;
        hasMoved = true;
      }
    }
  }
  return start + needCm <= lengthCm;
}
