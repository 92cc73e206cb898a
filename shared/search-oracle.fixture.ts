import type { PartialVessel } from "./boat.ts";
import type { ExchangeRates } from "./money.ts";
import { exactTotal } from "./price-oracle.fixture.ts";
import { ASKED_WORDS, NAME_WORDS } from "./search-names.fixture.ts";
import type { WaterSearch } from "./search-terms.ts";
import type { TileDock, TileStation } from "./tile-dock.ts";

// What a search should answer, worked out the slow and obvious way. Nothing here may come from the
// engine but types: it is what the engine is held against.

export interface OracleItem {
  id: number;
  distanceM: number;
  totalMinor: number | undefined;
  verdict: string | undefined;
}

/** Offsets of the zones that test docks lie in, minutes at an instant: none has surprises. */
export function offsetMinutes(timeZone: string, atMs: number): number {
  const fixed: Record<string, number> = {
    "UTC": 0,
    "Asia/Kolkata": 330,
    "Pacific/Honolulu": -600,
    "Pacific/Kiritimati": 840,
    "Pacific/Pago_Pago": -660,
  };
  if (timeZone in fixed) return fixed[timeZone]!;
  if (timeZone !== "America/New_York") throw new Error(`the oracle does not know ${timeZone}`);
  const isSummer = atMs >= Date.UTC(2027, 2, 14, 7) && atMs < Date.UTC(2027, 10, 7, 6);
  return isSummer ? -240 : -300;
}

/** What the search is over: docks, and the tide stations that they name. */
export interface OracleWorld {
  docks: readonly TileDock[];
  stations: readonly TileStation[];
}

/** All docks that a search finds, in order. */
export function oracleSearch(
  { docks, stations }: OracleWorld,
  search: WaterSearch,
  nowMs: number,
  rates: ExchangeRates,
): OracleItem[] {
  const { area, stay, vessel } = search;
  const days = stay ? [dayOf(stay.from), dayOf(stay.to)] as const : undefined;
  const isBoatGiven = Object.keys(vessel).length > 0;
  const found: { item: OracleItem; key: number }[] = [];
  for (const dock of docks) {
    const metres = metresBetween(middleOf(area), dock);
    if ("bbox" in area ? !isInBox(area.bbox, dock) : metres > area.radiusM) continue;
    if (search.kinds.length > 0 && !search.kinds.includes(dock.kind)) continue;
    const names = ["electricity", "water_tap", "pump_out"];
    if (search.amenities.some((name) => !(dock.amenities & (2 ** names.indexOf(name))))) continue;
    if (days && !sells(dock, days[0], days[1], nowMs)) continue;
    if (days && !hasRoom(dock, days[0], days[1], vessel.loaCm)) continue;
    const water = waterAt(dock, stations, days);
    const verdict = isBoatGiven ? verdictOf(dock, vessel, water, stay?.to) : undefined;
    if (verdict === "no") continue;
    if (search.instantOnly && (!dock.instantBook || verdict === "unknown")) continue;
    if (search.text !== undefined && !bears(dock, search.text)) continue;
    const exact = days &&
      exactTotal(dock.rate, { fromDay: days[0], toDay: days[1] }, vessel, dock);
    const totalMinor = exact === undefined ? undefined : Number(exact);
    const compared = exact === undefined
      ? undefined
      : convert(exact, dock.rate.currency, search.currency ?? "EUR", rates);
    if (search.maxPriceMinor !== undefined) {
      if (compared === undefined || compared > search.maxPriceMinor) continue;
    }
    const sort = search.sort ?? ("near" in area ? "distance" : stay ? "price" : "rating");
    const key = sort === "distance"
      ? Math.round(metres)
      : sort === "price"
      ? compared ?? Infinity
      : dock.rating === null
      ? Infinity
      : -Math.round(dock.rating * 100);
    found.push({
      item: { id: dock.id, distanceM: Math.round(metres), totalMinor, verdict },
      key,
    });
  }
  return found
    .sort((a, b) => a.key === b.key ? a.item.id - b.item.id : a.key < b.key ? -1 : 1)
    .map(({ item }) => item);
}

function bears({ name, harbourName }: TileDock, text: string): boolean {
  const said = [...NAME_WORDS.get(name)!, ...NAME_WORDS.get(harbourName)!];
  return ASKED_WORDS.get(text)!.every((asked) => said.some((word) => word.startsWith(asked)));
}

function dayOf(date: string): number {
  const [year, month, day] = date.split("-").map(Number);
  return Date.UTC(year!, month! - 1, day) / 86_400_000;
}

function isInBox(
  box: { west: number; south: number; east: number; north: number },
  at: { lat: number; lon: number },
): boolean {
  // In whole millionths, as positions are: differences of degrees are off in their last digit.
  const [west, east, lon] = [box.west, box.east, at.lon].map((degrees) =>
    Math.round(degrees * 1e6)
  );
  const turn = 360e6;
  const width = east! - west! + (west! > east! ? turn : 0);
  const isWide = width === turn || (((lon! - west!) % turn) + turn) % turn <= width;
  return isWide && at.lat >= box.south && at.lat <= box.north;
}

function middleOf(area: WaterSearch["area"]): { lat: number; lon: number } {
  if ("near" in area) return area.near;
  const { west, south, east, north } = area.bbox;
  const width = east - west + (west > east ? 360 : 0);
  const lon = west + width / 2;
  return { lat: (south + north) / 2, lon: lon > 180 ? lon - 360 : lon };
}

/** Haversine on the mean sphere, as `distanceM` documents it. */
function metresBetween(
  a: { lat: number; lon: number },
  b: { lat: number; lon: number },
): number {
  const rad = (degrees: number) => degrees * (Math.PI / 180);
  const lat = Math.sin(rad(b.lat - a.lat) / 2);
  const lon = Math.sin(rad(b.lon - a.lon) / 2);
  const h = lat * lat + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * lon * lon;
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
}

function sells(dock: TileDock, fromDay: number, toDay: number, nowMs: number): boolean {
  const today = Math.floor((nowMs / 60_000 + offsetMinutes(dock.timeZone, nowMs)) / 1_440);
  const [hours, minutes] = dock.checkInFrom.split(":").map(Number);
  const wallMs = (fromDay * 1_440 + hours! * 60 + minutes!) * 60_000;
  // No test check-in is within hours of a change of clocks: the offset is the same a bit off.
  const checkInMs = wallMs - offsetMinutes(dock.timeZone, wallMs + 4 * 3_600_000) * 60_000;
  const nights = toDay - fromDay;
  return fromDay >= today && nights >= dock.minNights && nights <= dock.maxNights &&
    toDay - today <= dock.windowDays &&
    (dock.noticeHours === 0 || checkInMs - nowMs >= dock.noticeHours * 3_600_000);
}

/** Tries every place along the quay in steps that all lengths of the tests are multiples of. */
function hasRoom(dock: TileDock, fromDay: number, toDay: number, loaCm?: number): boolean {
  const step = 50;
  const stretches = [];
  for (let i = 0; i < dock.occupied.length; i += 4) {
    const [from, to, lo, hi] = dock.occupied.slice(i, i + 4) as [number, number, number, number];
    stretches.push({ from, to, lo, hi: hi < 0 ? Infinity : hi });
  }
  const there = stretches.filter(({ from, to }) => {
    for (let day = fromDay; day < toDay; day++) if (day >= from && day < to) return true;
    return false;
  });
  if (dock.lengthCm === null) return there.length === 0;
  const need = (loaCm ?? dock.minLoaCm ?? 100) + dock.gapCm;
  for (let start = 0; start + need <= dock.lengthCm; start += step) {
    if (there.every(({ lo, hi }) => hi <= start || lo >= start + need)) return true;
  }
  return false;
}

interface Levels {
  low: number;
  high: number;
}

/** Each level of each day that the boat may see, by the station's own days, or all that are. */
function waterAt(
  dock: TileDock,
  stations: readonly TileStation[],
  days: readonly [number, number] | undefined,
): Levels | undefined {
  if (dock.tideStation === null) return undefined;
  const station = stations.find((one) => one.id === dock.tideStation)!;
  const whole = { low: 0, high: station.highCm };
  if (!station.table || !days) return whole;
  const { timeZone, days: { firstDay, lowsCm, highsCm } } = station.table;
  const far = timeZone === dock.timeZone ? 0 : 1;
  const lows: number[] = [];
  const highs: number[] = [];
  for (let day = days[0] - far; day <= days[1] + far; day++) {
    const [low, high] = [lowsCm[day - firstDay], highsCm[day - firstDay]];
    if (low === undefined || high === undefined) return whole;
    lows.push(low);
    highs.push(high);
  }
  return { low: Math.min(...lows), high: Math.max(...highs) };
}

function verdictOf(
  dock: TileDock,
  boat: PartialVessel,
  water: Levels | undefined,
  departure?: string,
): string {
  const verdicts = [
    lengthOf(dock, boat),
    beamOf(dock, boat),
    depthOf(dock, boat, water),
    heightOf(dock, boat, water),
    weightOf(dock, boat),
    powerOf(dock, boat),
    hullOf(dock, boat),
    insuranceOf(dock, boat, departure),
  ];
  for (const worst of ["no", "unknown", "conditional"]) if (verdicts.includes(worst)) return worst;
  return "fits";
}

function lengthOf(dock: TileDock, { loaCm }: PartialVessel): string {
  if (loaCm === undefined) return "unknown";
  return loaCm <= dock.maxLoaCm && loaCm >= (dock.minLoaCm ?? 0) ? "fits" : "no";
}

function beamOf(dock: TileDock, { beamCm }: PartialVessel): string {
  if (["mooring", "side_tie", "t_head"].includes(dock.kind)) return "fits";
  if (beamCm === undefined || dock.maxBeamCm === null) return "unknown";
  return beamCm > dock.maxBeamCm ? "no" : "fits";
}

function depthOf(
  dock: TileDock,
  { draftCm, takesGround }: PartialVessel,
  water: Levels | undefined,
): string {
  if (draftCm === undefined || dock.depthLatCm === null) return "unknown";
  const spare = dock.depthLatCm - draftCm - 30;
  if (spare + (water ? water.low : 0) >= 0) return "fits";
  if (takesGround !== true) return "no";
  if (!water) return "unknown";
  return spare + water.high >= 0 ? "conditional" : "no";
}

function heightOf(
  dock: TileDock,
  { airDraftCm }: PartialVessel,
  water: Levels | undefined,
): string {
  if (!dock.hasOverhead) return "fits";
  if (dock.overheadLatCm === null || airDraftCm === undefined) return "unknown";
  const spare = dock.overheadLatCm - airDraftCm - 50;
  if (!water) return spare < 0 ? "no" : "unknown";
  return spare - water.high < 0 ? "no" : "fits";
}

function weightOf(dock: TileDock, { displacementKg }: PartialVessel): string {
  if (dock.maxDisplacementKg === null) {
    return dock.kind === "mooring" || dock.kind === "dry_rack" ? "unknown" : "fits";
  }
  if (displacementKg === undefined) return "unknown";
  return displacementKg > dock.maxDisplacementKg ? "no" : "fits";
}

/** Tests plug in boats with one inlet; more are `fit.test.ts`'s. */
function powerOf(dock: TileDock, { inlets }: PartialVessel): string {
  const [inlet] = inlets ?? [];
  if (!inlet?.required) return "fits";
  const alike = dock.outlets.filter((outlet) =>
    outlet.phases === inlet.phases && Math.abs(outlet.volts - inlet.volts) <= inlet.volts / 10
  );
  const same = alike.filter((outlet) => outlet.plug === inlet.plug && outlet.amps >= inlet.amps);
  if (same.length > 0) return "fits";
  return alike.length > 0 ? "conditional" : "no";
}

function hullOf(dock: TileDock, { hullType }: PartialVessel): string {
  if (hullType) return dock.hullTypes.includes(hullType) ? "fits" : "no";
  return dock.hullTypes.length === 3 ? "fits" : "unknown";
}

function insuranceOf(
  dock: TileDock,
  { insuranceExpires }: PartialVessel,
  departure?: string,
): string {
  if (!dock.requiresInsurance) return "fits";
  if (!insuranceExpires || !departure) return "unknown";
  return dayOf(insuranceExpires) < dayOf(departure) ? "no" : "fits";
}

/** Exact for the tests' rates, which are powers of two. */
function convert(
  minor: bigint,
  from: string,
  to: string,
  rates: ExchangeRates,
): number | undefined {
  if (from === to) return Number(minor);
  const [fromRate, toRate] = [rates.perEuro[from], rates.perEuro[to]];
  if (fromRate === undefined || toRate === undefined) return undefined;
  const hundredths = (currency: string) => currency === "JPY" ? 1n : 100n;
  const n = minor * BigInt(toRate) * hundredths(to);
  const d = BigInt(fromRate) * hundredths(from);
  return Number((2n * n + d) / (2n * d));
}
