import { blurPosition } from "../../shared/blur.ts";
import { amenitiesToBits, dockFaults, type NewDock } from "../../shared/dock.ts";
import { distanceM } from "../../shared/geo.ts";
import { type Issue, Problem } from "../../shared/problem.ts";
import { positionToQuadkey } from "../../shared/quadkey.ts";
import type { DockColumns, DockHarbour } from "./dock-queries.ts";
import { depthToLat, overheadToLat } from "./tide-datums.ts";

/** How far from its harbour's position a dock may lie, metres. */
const MAX_FROM_HARBOUR_M = 20_000;

/** What is wrong with a dock of a harbour; throws `invalid` with each fault. */
export function checkDock(action: string, dock: NewDock, harbour: DockHarbour): void {
  const issues: Issue[] = dockFaults(dock);
  if (distanceM(dock.position, harbour) > MAX_FROM_HARBOUR_M) {
    issues.push({ path: "position", message: "must be within 20 km of the harbour" });
  }
  refuseIssues(action, issues);
}

/** Refuses to collect by card where nobody takes cards: each stay would be held and expire. */
export function checkCollection(
  action: string,
  collection: string | undefined,
  payments: object | undefined,
): void {
  if (collection !== "online" || payments) return;
  const message = "must be at_dock: no payment provider is set up here, so cards cannot be taken";
  refuseIssues(action, [{ path: "collection", message }]);
}

/** Throws `invalid` where there is an issue. */
export function refuseIssues(action: string, issues: readonly Issue[]): void {
  if (issues.length > 0) throw issuesToProblem(action, issues);
}

/** `invalid` with its issues; its sentence is made of the first. */
export function issuesToProblem(action: string, issues: readonly Issue[]): Problem {
  const [first] = issues;
  const sentence = first ? `${first.path} ${first.message}`.trim() : "";
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new Problem("invalid", `${action}: ${sentence}${more}`, { issues });
}

/**
 * The columns of what its host wrote, with what follows from it: the public position and its cell,
 * and depth and overhead above the harbour's LAT.
 */
export function dockToColumns(dockId: number, dock: NewDock, harbour: DockHarbour): DockColumns {
  const shown = dock.blurPosition ? blurPosition(dock.position, dockId) : dock.position;
  return {
    kind: dock.kind,
    name: dock.name,
    description: dock.description,
    lat: dock.position.lat,
    lon: dock.position.lon,
    public_lat: shown.lat,
    public_lon: shown.lon,
    blurred: dock.blurPosition,
    cell: positionToQuadkey(shown),
    min_loa_cm: dock.minLoaCm ?? null,
    max_loa_cm: dock.maxLoaCm,
    max_beam_cm: dock.maxBeamCm ?? null,
    depth_cm: dock.depthCm ?? null,
    depth_datum: dock.depthDatum ?? null,
    depth_lat_cm: depthToLat(dock.depthCm, dock.depthDatum, harbour.datums),
    overhead_cm: dock.overheadCm ?? null,
    overhead_datum: dock.overheadDatum ?? null,
    overhead_lat_cm: overheadToLat(dock.overheadCm, dock.overheadDatum, harbour.datums),
    max_displacement_kg: dock.maxDisplacementKg ?? null,
    length_cm: dock.lengthCm ?? null,
    gap_cm: dock.gapCm,
    outlets: JSON.stringify(dock.outlets),
    amenities: amenitiesToBits(dock.amenities),
    accessible: dock.accessible,
    hull_types: [...new Set(dock.hullTypes)],
    requires_insurance: dock.requiresInsurance,
    check_in_from: dock.checkInFrom,
    check_out_by: dock.checkOutBy,
    hold_until: dock.holdUntil,
    instant_book: dock.instantBook,
    min_nights: dock.minNights,
    max_nights: dock.maxNights,
    notice_hours: dock.noticeHours,
    window_days: dock.windowDays,
    closures: JSON.stringify(dock.closures),
    first_refusal_until: dock.firstRefusalUntil ?? null,
    cancellation_policy: dock.cancellationPolicy,
    collection: dock.collection,
    rate: JSON.stringify(dock.rate),
  };
}
