import fc from "fast-check";
import { Sort } from "./api.ts";
import { HullType } from "./boat.ts";
import { AMENITIES, type Amenity, DockKind, isLinear } from "./dock.ts";
import type { ExchangeRates } from "./money.ts";
import type { Rate } from "./rate.ts";
import { ASKED_WORDS, DOCK_NAMES, HARBOUR_NAMES } from "./search-names.fixture.ts";
import type { WaterSearch } from "./search-terms.ts";
import { dateToDay, dayToDate } from "./stay.ts";
import { STATIONS, tileDock } from "./tile-dock.fixture.ts";
import type { TileDock } from "./tile-dock.ts";

/** Powers of two, so that the oracle's exact conversion and the engine's are comparable. */
export const RATES: ExchangeRates = { version: 3, perEuro: { EUR: 1, USD: 2, JPY: 128 } };

// Spring of 2027 to late autumn: both changes of clocks in New York are in it.
const FIRST_DAY = dateToDay("2027-03-05");
const LAST_DAY = dateToDay("2027-11-20");

/** Around the nights in which New York's clocks change. */
const CLOCK_DAYS = [
  "2027-03-12",
  "2027-03-13",
  "2027-03-14",
  "2027-11-05",
  "2027-11-06",
  "2027-11-07",
]
  .map(dateToDay);

/** Where things go wrong: the antimeridian and both its names, the poles, and plain water. */
const SPOTS = [
  { lat: 41.5, lon: -71.25 },
  { lat: -17.5, lon: 179.75 },
  { lat: -17.5, lon: -179.75 },
  { lat: -17.5, lon: 180 },
  { lat: -17.5, lon: -180 },
  { lat: 89.75, lon: 0 },
  { lat: 89.75, lon: 135 },
  { lat: -89.75, lon: -45 },
  { lat: 90, lon: 0 },
  { lat: 0, lon: 0 },
];

// Steps of 1/64° are exact in binary, so that shifting longitudes by 360° loses nothing.
const near = fc.tuple(
  fc.constantFrom(...SPOTS),
  fc.integer({ min: -64, max: 64 }),
  fc.integer({ min: -64, max: 64 }),
).map(([spot, dLat, dLon]) => ({
  lat: Math.max(-90, Math.min(90, spot.lat + dLat / 64)),
  lon: spot.lon + dLon / 64,
})).map(({ lat, lon }) => ({ lat, lon: lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon }));
const position = fc.oneof(fc.constantFrom(...SPOTS), near);

function maybe<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(value, { nil: null });
}

/** Docks that refuse nearly every boat would leave little to compare. */
function mostly<T>(usual: T, value: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: value });
}

const steps = (min: number, max: number) =>
  fc.integer({ min: min / 50, max: max / 50 }).map((count) => count * 50);
const monthDay = fc.constantFrom("01-01", "02-29", "05-01", "07-01", "09-15", "12-01");
const minor = fc.integer({ min: 0, max: 40_000 });
const percent = fc.constantFrom(0, 5, 7.725, 12.5);
const rate: fc.Arbitrary<Rate> = fc.record({
  currency: fc.constantFrom("EUR", "USD", "JPY", "ISK"),
  basis: fc.constantFrom<Rate["basis"]>("per_night", "per_length_night"),
  billable: fc.constantFrom<Rate["billable"]>("loa", "max_loa_berth"),
  minor,
  seasons: fc.array(
    fc.record({ name: fc.constantFrom("High", "Low"), from: monthDay, to: monthDay, minor }),
    { maxLength: 3 },
  ),
  weekdayPercents: fc.array(fc.constantFrom(80, 100, 125), { minLength: 7, maxLength: 7 }),
  weeklyDiscountPercent: percent,
  monthlyDiscountPercent: percent,
  multihullPercent: fc.constantFrom(100, 150),
  fees: fc.record({ cleaningMinor: minor, powerPerNightMinor: minor }),
  taxPercent: percent,
  depositMinor: minor,
});

const stretch = fc.tuple(
  fc.integer({ min: FIRST_DAY, max: LAST_DAY }),
  fc.integer({ min: 1, max: 30 }),
  steps(0, 2_500),
  steps(50, 2_000),
);

const outlet = fc.record({
  plug: fc.constantFrom<"cee_16" | "cee_32">("cee_16", "cee_32"),
  volts: fc.constantFrom(120, 230),
  amps: fc.constantFrom(10, 16, 32),
  phases: fc.constant<1>(1),
});

/** Docks around the spots, every column at odds with the others, ids in no order. */
export const docks: fc.Arbitrary<TileDock[]> = fc.uniqueArray(
  fc.tuple(
    fc.record({
      id: fc.integer({ min: 1, max: 0xffff_ffff }),
      version: fc.nat(5),
      name: fc.constantFrom(...DOCK_NAMES),
      harbourName: fc.constantFrom(...HARBOUR_NAMES),
      kind: fc.constantFrom(...DockKind.options),
      timeZone: fc.constantFrom(
        "UTC",
        "Asia/Kolkata",
        "Pacific/Honolulu",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "America/New_York",
      ),
      minLoaCm: maybe(steps(100, 900)),
      maxLoaCm: steps(1_000, 2_000),
      maxBeamCm: maybe(steps(300, 600)),
      depthLatCm: maybe(fc.integer({ min: -100, max: 500 })),
      hasOverhead: mostly(false, fc.boolean()),
      overheadLatCm: maybe(fc.integer({ min: 1_000, max: 3_000 })),
      maxDisplacementKg: maybe(fc.integer({ min: 3_000, max: 30_000 })),
      outlets: fc.array(outlet, { maxLength: 2 }),
      hullTypes: mostly(
        [...HullType.options],
        fc.subarray([...HullType.options], { minLength: 1 }),
      ),
      requiresInsurance: mostly(false, fc.boolean()),
      amenities: fc.nat(7),
      instantBook: fc.boolean(),
      collection: fc.constantFrom("online", "at_dock"),
      minNights: fc.constantFrom(1, 1, 2, 3),
      maxNights: fc.integer({ min: 3, max: 60 }),
      noticeHours: fc.constantFrom(0, 0, 12, 24, 72),
      windowDays: fc.oneof(
        { weight: 1, arbitrary: fc.integer({ min: 2, max: 30 }) },
        { weight: 2, arbitrary: fc.integer({ min: 100, max: 600 }) },
      ),
      checkInFrom: fc.constantFrom("09:00", "14:00", "23:59"),
      rate,
      rating: maybe(fc.integer({ min: 100, max: 500 }).map((hundredths) => hundredths / 100)),
      gapCm: steps(0, 200),
      tideStation: maybe(fc.constantFrom(...STATIONS.map(({ id }) => id))),
    }),
    position,
    steps(1_000, 3_500),
    fc.array(stretch, { maxLength: 4 }),
  ).map(([values, { lat, lon }, quayCm, stretches]) => {
    const lengthCm = isLinear(values.kind) ? quayCm : null;
    const occupied = stretches.flatMap(([from, nights, lo, size]) => [
      from,
      from + nights,
      lengthCm === null ? 0 : lo,
      lengthCm === null || size === 50 ? -1 : lo + size,
    ]);
    return tileDock({ ...values, lat, lon, lengthCm, occupied });
  }),
  { selector: (dock) => dock.id, minLength: 10, maxLength: 40, size: "max" },
);

const box = fc.tuple(position, position, fc.boolean()).map(([a, b, isWhole]) => ({
  bbox: {
    west: isWhole ? -180 : a.lon,
    south: Math.min(a.lat, b.lat),
    east: isWhole ? 180 : b.lon,
    north: Math.max(a.lat, b.lat),
  },
}));
const circle = fc.record({
  near: position,
  radiusM: fc.constantFrom(1, 20_000, 100_000, 1_000_000, 10_000_000, 15_000_000, 20_038_000),
});

const particulars = {
  hullType: fc.constantFrom(...HullType.options),
  loaCm: steps(400, 1_200),
  beamCm: steps(200, 450),
  draftCm: fc.integer({ min: 30, max: 250 }),
  airDraftCm: fc.integer({ min: 300, max: 2_000 }),
  displacementKg: fc.integer({ min: 1_000, max: 12_000 }),
  takesGround: fc.boolean(),
  inlets: fc.array(
    fc.tuple(outlet, fc.boolean()).map(([plug, required]) => ({ ...plug, required })),
    { minLength: 1, maxLength: 1 },
  ),
  insuranceExpires: fc.integer({ min: FIRST_DAY, max: LAST_DAY + 200 }).map(dayToDate),
};
// Unknown, known in part, and known whole: only of the last is a verdict often a condition.
const vessel = fc.oneof(
  fc.constant({}),
  fc.record(particulars, { requiredKeys: [] }),
  fc.record(particulars),
);

/** Questions of every sort about those docks, and the instant at which they are asked. */
export const questions: fc.Arbitrary<{ search: WaterSearch; nowMs: number }> = fc.tuple(
  fc.record({
    area: fc.oneof(box, circle),
    stay: fc.tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: FIRST_DAY, max: LAST_DAY }) },
        { weight: 1, arbitrary: fc.constantFrom(...CLOCK_DAYS) },
      ),
      fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 40 })),
    ).map(([day, nights]) => ({ from: dayToDate(day), to: dayToDate(day + nights) })),
    vessel,
    kinds: mostly([], fc.subarray([...DockKind.options])),
    amenities: mostly([], fc.subarray<Amenity>(AMENITIES.slice(0, 3))),
    maxPriceMinor: fc.integer({ min: 0, max: 5_000_000 }),
    currency: fc.constantFrom("EUR", "USD", "JPY"),
    instantOnly: mostly(false, fc.boolean()),
    text: fc.constantFrom(...ASKED_WORDS.keys()),
    sort: fc.constantFrom(...Sort.options),
    limit: fc.integer({ min: 1, max: 30 }),
  }, { requiredKeys: ["area", "vessel", "kinds", "amenities", "instantOnly", "limit"] }),
  fc.oneof(fc.integer({ min: 0, max: 60 * 24 }), fc.integer({ min: 0, max: 30 * 24 })),
).map(([{ maxPriceMinor, text, ...search }, hoursBefore]) => ({
  search: {
    ...search,
    // Narrow filters rarely: most questions should have an answer.
    ...(maxPriceMinor !== undefined && search.stay && maxPriceMinor % 3 === 0
      ? { maxPriceMinor }
      : {}),
    ...(text !== undefined && search.limit % 3 === 0 ? { text } : {}),
  },
  nowMs: ((search.stay ? dateToDay(search.stay.from) : FIRST_DAY) * 24 - hoursBefore + 20) *
    3_600_000,
}));
