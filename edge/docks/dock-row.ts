import {
  bitsToAmenities,
  type CancellationPolicy,
  type Closure,
  type Collection,
  type Datum,
  type Dock,
  type DockKind,
  type DockStatus,
  type HostDock,
  type NewDock,
  type Outlet,
} from "../../shared/dock.ts";
import type { HullType } from "../../shared/boat.ts";
import type { Rate } from "../../shared/rate.ts";
import { photoUrl } from "./photo-url.ts";

/** A dock as DOCK_COLUMNS selects it: its own columns, its harbour, host and photos. */
export interface DockRow {
  id: number;
  version: number;
  status: DockStatus;
  kind: DockKind;
  name: string;
  description: string;
  lat: number;
  lon: number;
  public_lat: number;
  public_lon: number;
  blurred: boolean;
  cell: string;
  time_zone: string;
  min_loa_cm: number | null;
  max_loa_cm: number;
  max_beam_cm: number | null;
  depth_cm: number | null;
  depth_datum: Datum | null;
  overhead_cm: number | null;
  overhead_datum: Datum | null;
  max_displacement_kg: number | null;
  length_cm: number | null;
  gap_cm: number;
  outlets: Outlet[];
  amenities: number;
  accessible: boolean;
  hull_types: HullType[];
  requires_insurance: boolean;
  check_in_from: string;
  check_out_by: string;
  hold_until: string;
  instant_book: boolean;
  min_nights: number;
  max_nights: number;
  notice_hours: number;
  window_days: number;
  closures: Closure[];
  first_refusal_until: string | null;
  cancellation_policy: CancellationPolicy;
  collection: Collection;
  rate: Rate;
  rating: number | null;
  host_id: string;
  host_name: string;
  harbour_id: number;
  harbour_name: string;
  harbour_place: string;
  harbour_country: string;
  harbour_vhf_channel: string | null;
  harbour_approach: string;
  harbour_facilities: number;
  station_id: string | null;
  station_name: string | null;
  station_attribution: string | null;
  photos: { id: string; blobKey: string; width: number; height: number }[];
}

/** What a DockRow is selected by, FROM DOCK_TABLES. */
export const DOCK_COLUMNS = `
  d.id, d.version, d.status, d.kind, d.name, d.description, d.lat, d.lon, d.public_lat,
  d.public_lon, d.blurred, d.cell, d.time_zone, d.min_loa_cm, d.max_loa_cm, d.max_beam_cm,
  d.depth_cm, d.depth_datum, d.overhead_cm, d.overhead_datum, d.max_displacement_kg, d.length_cm,
  d.gap_cm, d.outlets, d.amenities, d.accessible, d.hull_types, d.requires_insurance,
  to_char(d.check_in_from, 'HH24:MI') AS check_in_from,
  to_char(d.check_out_by, 'HH24:MI') AS check_out_by,
  to_char(d.hold_until, 'HH24:MI') AS hold_until,
  d.instant_book, d.min_nights, d.max_nights, d.notice_hours, d.window_days, d.closures,
  to_char(d.first_refusal_until, 'HH24:MI') AS first_refusal_until,
  d.cancellation_policy, d.collection, d.rate, d.rating,
  d.host_id, host.name AS host_name,
  d.harbour_id, h.name AS harbour_name, h.place AS harbour_place, h.country AS harbour_country,
  h.vhf_channel AS harbour_vhf_channel, h.approach AS harbour_approach,
  h.facilities AS harbour_facilities,
  s.id AS station_id, s.name AS station_name, s.attribution AS station_attribution,
  coalesce((
    SELECT jsonb_agg(
      jsonb_build_object('id', p.id, 'blobKey', p.blob_key, 'width', p.width, 'height', p.height)
      ORDER BY p.rank, p.id)
    FROM photo p WHERE p.dock_id = d.id), '[]') AS photos`;

export const DOCK_TABLES = `
  dock d
  JOIN person host ON host.id = d.host_id
  JOIN harbour h ON h.id = d.harbour_id
  LEFT JOIN tide_station s ON s.id = h.tide_station`;

/** What its host wrote of a dock: the record that a patch is applied to. */
export function rowToNewDock(row: DockRow): NewDock {
  return {
    harbourId: row.harbour_id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    position: { lat: row.lat, lon: row.lon },
    blurPosition: row.blurred,
    minLoaCm: row.min_loa_cm ?? undefined,
    maxLoaCm: row.max_loa_cm,
    maxBeamCm: row.max_beam_cm ?? undefined,
    depthCm: row.depth_cm ?? undefined,
    depthDatum: row.depth_datum ?? undefined,
    overheadCm: row.overhead_cm ?? undefined,
    overheadDatum: row.overhead_datum ?? undefined,
    maxDisplacementKg: row.max_displacement_kg ?? undefined,
    lengthCm: row.length_cm ?? undefined,
    gapCm: row.gap_cm,
    outlets: row.outlets,
    amenities: bitsToAmenities(row.amenities),
    accessible: row.accessible,
    hullTypes: row.hull_types,
    requiresInsurance: row.requires_insurance,
    checkInFrom: row.check_in_from,
    checkOutBy: row.check_out_by,
    holdUntil: row.hold_until,
    instantBook: row.instant_book,
    minNights: row.min_nights,
    maxNights: row.max_nights,
    noticeHours: row.notice_hours,
    windowDays: row.window_days,
    closures: row.closures,
    firstRefusalUntil: row.first_refusal_until ?? undefined,
    cancellationPolicy: row.cancellation_policy,
    collection: row.collection,
    rate: row.rate,
  };
}

/** A dock as a reader sees it: at its public position, or for those who may know it the exact one. */
export function rowToDock(row: DockRow, exact: boolean): Dock {
  const { harbourId, blurPosition, position, ...record } = rowToNewDock(row);
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    ...record,
    position: exact ? position : publicPositionOf(row),
    positionBlurred: blurPosition && !exact,
    timeZone: row.time_zone,
    host: { id: row.host_id, name: row.host_name },
    harbour: {
      id: harbourId,
      name: row.harbour_name,
      place: row.harbour_place,
      country: row.harbour_country,
      vhfChannel: row.harbour_vhf_channel,
      approach: row.harbour_approach,
      facilities: bitsToAmenities(row.harbour_facilities),
      tideStation: rowToStation(row),
    },
    photos: row.photos.map(({ blobKey, ...photo }) => ({ ...photo, url: photoUrl(blobKey) })),
    rating: row.rating,
  };
}

/** A dock as who manages it sees it. */
export function rowToHostDock(row: DockRow): HostDock {
  return {
    ...rowToDock(row, true),
    harbourId: row.harbour_id,
    blurPosition: row.blurred,
    publicPosition: publicPositionOf(row),
  };
}

function publicPositionOf(row: DockRow): Dock["position"] {
  return { lat: row.public_lat, lon: row.public_lon };
}

/** The tide station of a row that joined one, with the credit that it asks for. */
export function rowToStation(
  row: Pick<DockRow, "station_id" | "station_name" | "station_attribution">,
): { id: string; name: string; attribution: string } | null {
  if (row.station_id === null) return null;
  return {
    id: row.station_id,
    name: row.station_name ?? "",
    attribution: row.station_attribution ?? "",
  };
}
