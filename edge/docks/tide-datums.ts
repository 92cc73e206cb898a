import type { Datum } from "../../shared/dock.ts";

/** Centimetres of each datum above LAT at one tide station, where the station knows it. */
export type StationDatums = Partial<Record<Datum, number>>;

/**
 * Water below LAT, in centimetres, of a depth measured below another datum. Null where the station
 * cannot say, or where there is none: only LAT itself needs no station.
 */
export function depthToLat(
  depthCm: number | null | undefined,
  datum: Datum | null | undefined,
  station: StationDatums | null | undefined,
): number | null {
  const datumCm = aboveLat(datum, station);
  return typeof depthCm !== "number" || datumCm === null ? null : depthCm - datumCm;
}

/**
 * Height above LAT, in centimetres, of a bridge or wire whose clearance is measured above another
 * datum. Null where the station cannot say.
 */
export function overheadToLat(
  overheadCm: number | null | undefined,
  datum: Datum | null | undefined,
  station: StationDatums | null | undefined,
): number | null {
  const datumCm = aboveLat(datum, station);
  return typeof overheadCm !== "number" || datumCm === null ? null : overheadCm + datumCm;
}

function aboveLat(
  datum: Datum | null | undefined,
  station: StationDatums | null | undefined,
): number | null {
  if (!datum) return null;
  if (datum === "LAT") return 0;
  return station?.[datum] ?? null;
}
