import type { WaterChange } from "./chat.ts";
import { type Bbox, bboxesMeet } from "./geo.ts";
import { quadkeyToBbox } from "./quadkey.ts";

/** A water is a cell of this depth: some 300 km at the equator, a stretch of coast elsewhere. */
export const WATER_DEPTH = 7;
/** Whoever looks at more than this many looks from too far away to see one berth go. */
export const MAX_WATERS = 6;

/** Whether a text names a water. */
export function isWater(text: string): boolean {
  return text.length === WATER_DEPTH && /^[0-3]+$/.test(text);
}

/** The water that a cell lies in. */
export function cellToWater(cell: string): string {
  return cell.slice(0, WATER_DEPTH);
}

/** The waters that a view shows; none where they are more than MAX_WATERS. */
export function bboxToWaters(box: Bbox): string[] {
  let cells = [""];
  for (let depth = 1; depth <= WATER_DEPTH; depth++) {
    cells = cells
      .flatMap((cell) => ["0", "1", "2", "3"].map((digit) => cell + digit))
      .filter((cell) => bboxesMeet(quadkeyToBbox(cell), box));
    // A level below has as many at least.
    if (cells.length > 4 * MAX_WATERS) return [];
  }
  return cells.length > MAX_WATERS ? [] : cells;
}

/** A change of a dock as the event log has it: an event's kind and body. */
export interface DockChange {
  dockId: number;
  version: number;
  kind: string;
  body: Readonly<Record<string, unknown>>;
}

/** States in which a booking takes its nights (edge/migrations/0002_bookings.sql). */
const HOLDING: readonly unknown[] = ["held", "requested", "confirmed", "checked_in"];

/**
 * What the public may hear of a change: which nights were taken or set free, never by whom. On a
 * quay a stay takes a part, so it is only said that something changed.
 */
export function toWaterChange({ dockId, version, kind, body }: DockChange): WaterChange {
  const after = nightsOf(body["after"]);
  const what = whatOf(kind, after?.status);
  const nights = kind === "block.deleted" ? nightsOf(body["before"]) : after;
  if (what === "changed" || nights === undefined || nights.isPart) {
    return { dockId, version, what: "changed" };
  }
  return { dockId, version, what, from: nights.from, to: nights.to };
}

function whatOf(kind: string, status: unknown): WaterChange["what"] {
  if (kind === "booking.create" || kind === "block.created") return "taken";
  const isFreed = kind === "block.deleted" ||
    (kind.startsWith("booking.") && status !== undefined && !HOLDING.includes(status));
  return isFreed ? "freed" : "changed";
}

function nightsOf(value: unknown) {
  if (typeof value !== "object" || value === null) return undefined;
  const { from, to, status, spanCm } = value as Record<string, unknown>;
  if (typeof from !== "string" || typeof to !== "string") return undefined;
  return { from, to, status, isPart: spanCm !== null && spanCm !== undefined };
}
