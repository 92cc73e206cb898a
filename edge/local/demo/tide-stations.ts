import { type Station, stations, stationsById } from "@neaps/tide-database";
import { Datum } from "../../../shared/dock.ts";
import type { StationDatums } from "../../docks/tide-datums.ts";
import type { TideHarmonics } from "../../docks/tide-prediction.ts";

/** A tide station whose licence allows every use. */
export interface TideStation {
  id: string;
  name: string;
  locality: string;
  region: string;
  country: string;
  timeZone: string;
  lat: number;
  lon: number;
  /** How well the database rates it, 0–100. */
  score: number;
  /** Centimetres of each datum above LAT. */
  datums: StationDatums;
  /** Highest astronomical tide above LAT, centimetres. */
  highCm: number;
  attribution: string;
}

/** Low waters, which a subordinate station's low offset moves; the others take the high one. */
const LOW_DATUMS: readonly string[] = ["LAT", "MLLW", "MLWS", "MLW"];
/** Below LAT by more than this a datum is no tide's but a mistake's. */
const MOST_BELOW_LAT_CM = 15;

/**
 * Stations of water levels that may be used commercially and lie in a time zone of land, with their
 * datums above LAT. One whose LAT is not known, or whose datums contradict it, is left out.
 */
export function usableTideStations(): TideStation[] {
  return stations
    .filter((station) =>
      station.kind === "tide" && station.license.commercial_use &&
      !station.timezone.startsWith("Etc/")
    )
    .flatMap((station) => {
      const datums = datumsAboveLat(station);
      if (datums?.HAT === undefined) return [];
      return [{
        id: station.id,
        name: station.name,
        locality: station.locality ?? "",
        region: station.region ?? "",
        country: station.country_code,
        timeZone: station.timezone,
        lat: station.latitude,
        lon: station.longitude,
        score: station.quality?.score ?? 0,
        datums,
        highCm: datums.HAT,
        attribution: station.attribution,
      }];
    });
}

/**
 * Centimetres above LAT of the datums that a station knows. A subordinate station shows its
 * reference's datums: they are brought to it as its predictions are, above the chart datum, by the
 * offset of low or of high water; mean sea level keeps its place between the two.
 */
export function datumsAboveLat(station: Station): StationDatums | undefined {
  const bounds = station.astronomical_bounds;
  if (!bounds) return undefined;
  const metres = station.type === "subordinate"
    ? reducedDatums(station, bounds)
    : Object.fromEntries(
      Object.entries(station.datums).map(([name, value]) => [name, value - station.datums.LAT!]),
    );
  const datums: StationDatums = {};
  for (const name of Datum.options) {
    const value = metres[name];
    if (value === undefined) continue;
    const cm = Math.round(value * 100);
    if (cm < -MOST_BELOW_LAT_CM) return undefined;
    datums[name] = cm;
  }
  return datums;
}

function reducedDatums(
  station: Station,
  bounds: { lat: number; hat: number },
): Record<string, number> {
  const height = station.offsets?.height;
  const chartDatum = stationsById.get(station.offsets?.reference ?? "")?.chart_datum;
  const zero = chartDatum === undefined ? undefined : station.datums[chartDatum];
  const metres: Record<string, number> = { LAT: 0, HAT: bounds.hat - bounds.lat };
  if (!height || zero === undefined) return metres;
  const reduce = (name: string, value: number) => {
    const offset = LOW_DATUMS.includes(name) ? height.low : height.high;
    return (height.type === "ratio" ? (value - zero) * offset : value - zero + offset) - bounds.lat;
  };
  for (const [name, value] of Object.entries(station.datums)) {
    if (!["LAT", "HAT", "MSL"].includes(name)) metres[name] = reduce(name, value);
  }
  const { MLW, MSL, MHW } = station.datums;
  if (MLW !== undefined && MSL !== undefined && MHW !== undefined && MHW > MLW) {
    const share = (MSL - MLW) / (MHW - MLW);
    metres.MSL = metres.MLW! + share * (metres.MHW! - metres.MLW!);
  }
  return metres;
}

/**
 * What a usable station's water is predicted from; a subordinate station carries its reference's
 * constituents. Undefined where the database cannot say how its levels lie to LAT.
 */
export function harmonicsOf(stationId: string): TideHarmonics | undefined {
  const station = stationsById.get(stationId);
  const bounds = station?.astronomical_bounds;
  const chartDatum = stationsById.get(station?.offsets?.reference ?? stationId)?.chart_datum;
  if (!station || !bounds || chartDatum === undefined) return undefined;
  const { MSL: msl, [chartDatum]: zero } = station.datums;
  if (msl === undefined || zero === undefined) return undefined;
  return {
    // A tenth of a millimetre and a hundredth of a degree: a thousandth of what predictions err by.
    constituents: station.harmonic_constituents
      .filter(({ amplitude }) => amplitude > 0)
      .map(({ name, amplitude, phase }) => [name, round(amplitude, 4), round(phase, 2)]),
    mslM: round(msl - zero, 4),
    latM: round(bounds.lat, 4),
    ...(station.offsets ? { offsets: roundOffsets(station.offsets) } : {}),
  };
}

function roundOffsets({ height, time }: NonNullable<Station["offsets"]>) {
  const { high, low, type } = height;
  return {
    height: { high: round(high, 4), low: round(low, 4), type },
    time: { high: time.high, low: time.low },
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
