import type { PartialVessel } from "../../shared/boat.ts";
import type { Collection, DockKind, DockStatus } from "../../shared/dock.ts";
import { type Fit, fitBoat, type FitDock, type Water } from "../../shared/fit.ts";
import { levelNeeded } from "../../shared/fit-rules.ts";
import { Problem } from "../../shared/problem.ts";
import type { Rate } from "../../shared/rate.ts";
import { dateToDay, type Stay } from "../../shared/stay.ts";
import {
  type StayFault,
  stayFault,
  stayFaultText,
  type StayTerms,
} from "../../shared/stay-terms.ts";
import { stayWindows, tideSearch } from "../../shared/tide.ts";
import type { TideWindows } from "../../shared/tide-window.ts";
import { createZoneClock, localInstant, timeToMinutes } from "../../shared/zone.ts";
import type { Tides } from "../docks/tides.ts";
import type { Sql } from "../platform/sql.ts";

/** What of a dock a quote and a booking are judged by, read from the primary. */
export interface BookableDock extends FitDock, StayTerms {
  id: number;
  version: number;
  kind: DockKind;
  name: string;
  status: DockStatus;
  lat: number;
  lon: number;
  collection: Collection;
  rate: Rate;
  ratesVersion: number;
  /** Local time `HH:MM` of the check-out day. */
  checkOutBy: string;
  /** Its harbour's tide station, and that one's highest astronomical tide above LAT. */
  tideStation: string | null;
  tideHighCm: number | null;
  /** Whether a boat of the length asked about has room through the nights asked about. */
  free: boolean;
}

/**
 * A dock with whether it is free, or undefined where there is none. `loaCm` counts on quays;
 * `changed` is a booking whose own nights are in nobody's way.
 */
export async function findBookableDock(
  sql: Sql,
  dockId: number,
  stay: Stay,
  loaCm: number,
  changed?: string,
): Promise<BookableDock | undefined> {
  const [row] = await sql.query<{ dock: BookableDock }>(
    `SELECT jsonb_build_object(
       'id', d.id, 'version', d.version, 'kind', d.kind, 'name', d.name, 'status', d.status,
       'lat', d.public_lat, 'lon', d.public_lon, 'timeZone', d.time_zone,
       'minLoaCm', d.min_loa_cm, 'maxLoaCm', d.max_loa_cm, 'maxBeamCm', d.max_beam_cm,
       'depthLatCm', d.depth_lat_cm, 'hasOverhead', d.overhead_cm IS NOT NULL,
       'overheadLatCm', d.overhead_lat_cm, 'maxDisplacementKg', d.max_displacement_kg,
       'outlets', d.outlets, 'hullTypes', d.hull_types,
       'requiresInsurance', d.requires_insurance,
       'minNights', d.min_nights, 'maxNights', d.max_nights, 'noticeHours', d.notice_hours,
       'windowDays', d.window_days, 'checkInFrom', to_char(d.check_in_from, 'HH24:MI'),
       'checkOutBy', to_char(d.check_out_by, 'HH24:MI'),
       'closures', d.closures, 'collection', d.collection,
       'rate', d.rate, 'ratesVersion', d.rates_version,
       'tideStation', s.id, 'tideHighCm', s.high_cm,
       'free', is_free(d, n.nights, $4, $5)
     ) AS dock
     FROM dock d
     CROSS JOIN (SELECT daterange($2::date, $3::date) AS nights) n
     JOIN harbour h ON h.id = d.harbour_id
     LEFT JOIN tide_station s ON s.id = h.tide_station
     WHERE d.id = $1`,
    [dockId, stay.from, stay.to, loaCm, changed ?? null],
  );
  return row?.dock;
}

/**
 * Fit over a stay by the tide of its days. Where the station cannot be predicted, the water is its
 * whole astronomical range, LAT to HAT, so that a berth that is deep enough, or a bridge that is
 * high enough, by this verdict is so by any tide.
 */
export async function fitForStay(
  tides: Tides,
  dock: BookableDock,
  vessel: PartialVessel,
  stay: Stay,
): Promise<Fit> {
  const { tideStation, tideHighCm } = dock;
  if (tideStation === null || tideHighCm === null) return fitBoat(dock, vessel, undefined, stay.to);
  const water = await tides.waterOf(tideStation, stay, dock.timeZone);
  if (!water) return fitBoat(dock, vessel, { lowCm: 0, highCm: tideHighCm }, stay.to);
  const windows = await windowsOf(tides, dock, tideStation, vessel, stay, water);
  return fitBoat(dock, vessel, water, stay.to, windows);
}

/** When a boat that will take the ground can come and go; undefined for one that will not. */
async function windowsOf(
  tides: Tides,
  dock: BookableDock,
  station: string,
  vessel: PartialVessel,
  stay: Stay,
  water: Water,
): Promise<TideWindows | undefined> {
  const needed = levelNeeded(dock, vessel);
  const isPartOfTide = needed !== undefined && water.lowCm < needed && needed <= water.highCm;
  if (!isPartOfTide || !vessel.takesGround) return undefined;
  const [first, last] = [dateToDay(stay.from), dateToDay(stay.to)];
  const at = (day: number, minutes: number) => localInstant(dock.timeZone, day, minutes);
  const instants = {
    checkInMs: at(first, timeToMinutes(dock.checkInFrom)),
    arrivalEndMs: at(first + 1, 0),
    departureStartMs: at(last, 0),
    checkOutMs: at(last, timeToMinutes(dock.checkOutBy)),
  };
  const search = tideSearch(instants);
  const entry = await tides.curveOf(station, ...search.entry);
  const exit = await tides.curveOf(station, ...search.exit);
  return entry && exit && stayWindows({ entry, exit }, needed, instants);
}

/** The refusal of a stay that breaks one of its dock's terms. */
export function stayRefused(fault: StayFault, dock: BookableDock): Problem {
  return new Problem("stay-not-possible", `Cannot book dock: ${stayFaultText(fault, dock)}`, {
    rule: fault,
  });
}

/**
 * Refuses a stay that breaks the dock's terms by this process's clock, before anything is priced;
 * the booking itself asks the database's clock. `was`: the nights that the guest has there already.
 */
export function checkStay(dock: BookableDock, stay: Stay, nowMs: number, was?: Stay): void {
  const clock = createZoneClock(nowMs);
  const fault = stayFault(
    dock,
    dateToDay(stay.from),
    dateToDay(stay.to),
    clock,
    was && { fromDay: dateToDay(was.from), toDay: dateToDay(was.to) },
  );
  if (fault) throw stayRefused(fault, dock);
}
