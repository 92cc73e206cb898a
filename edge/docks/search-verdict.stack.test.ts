import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QuoteAnswer, SearchAnswer, type SearchItem } from "../../shared/api.ts";
import { Amenity, DockKind, isLinear, type NewDock } from "../../shared/dock.ts";
import { HullType } from "../../shared/boat.ts";
import { Rate } from "../../shared/rate.ts";
import { dayToDate } from "../../shared/stay.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { newDock, newHarbour } from "../local/test-docks.ts";
import { addTideStation, NEWPORT_TIDE, testHarmonics } from "../local/test-tides.ts";
import type { Person } from "../identity/identity.ts";
import { createBlock } from "./create-block.ts";
import { createDock } from "./create-dock.ts";
import { createHarbour } from "./create-harbour.ts";
import { publishDock } from "./publish-dock.ts";
import { predictDays } from "./tide-prediction.ts";
import { keepTideTable, selectTide } from "./tide-queries.ts";

// What a search says of a dock and what a quote says of it are worked out by different code from
// different copies of the same rows: here each is held against the other, through the API.

const DAY_MS = 86_400_000;
const SAN_FRANCISCO_TIDE = "noaa/9414290";
const BARE_TIDE = "test/bare";

/** Harbours of one view: by zone and by the station that tells of their water. */
const HARBOURS = [
  { name: "Same zone", timeZone: "America/New_York", station: NEWPORT_TIDE },
  { name: "Ahead of its station", timeZone: "Pacific/Kiritimati", station: NEWPORT_TIDE },
  { name: "Behind its station", timeZone: "Pacific/Pago_Pago", station: NEWPORT_TIDE },
  { name: "An hour off", timeZone: "America/New_York", station: SAN_FRANCISCO_TIDE },
  { name: "Never predicted", timeZone: "Europe/Lisbon", station: BARE_TIDE },
  { name: "Without a station", timeZone: "Asia/Kolkata", station: null },
] as const;
const DOCKS_A_HARBOUR = 16;
const VIEW = "-72,41,-70.5,42.5";

let edge: TestEdge;
let guest: TestPerson;
let host: Person;
let today: number;
const dockIds: number[] = [];
const windowOf = new Map<number, number>();
const stationOf = new Map<number, string | null>();

const known = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 12 });
const minor = fc.integer({ min: 1_000, max: 30_000 });
const percent = fc.constantFrom(0, 5, 7.725, 12.5);
const rate = fc.record({
  currency: fc.constantFrom("USD", "EUR", "JPY"),
  basis: fc.constantFrom<Rate["basis"]>("per_night", "per_length_night"),
  billable: fc.constantFrom<Rate["billable"]>("loa", "max_loa_berth"),
  minor,
  seasons: fc.constantFrom<Rate["seasons"]>(
    [],
    [{ name: "High", from: "06-01", to: "09-01", minor: 17_777 }, {
      name: "Winter",
      from: "11-15",
      to: "03-01",
      minor: 3_333,
    }],
  ),
  weekdayPercents: fc.constantFrom<number[]>([100, 100, 100, 100, 100, 100, 100], [
    90,
    90,
    90,
    90,
    125,
    150,
    110,
  ]),
  weeklyDiscountPercent: percent,
  monthlyDiscountPercent: percent,
  multihullPercent: fc.constantFrom(100, 150),
  fees: fc.record({
    cleaningMinor: fc.constantFrom(0, 2_500),
    powerPerNightMinor: fc.constantFrom(0, 700),
  }),
  taxPercent: percent,
  depositMinor: fc.constantFrom(0, 10_000),
});
const outlet = fc.record({
  plug: fc.constantFrom<"nema_l5_30" | "nema_ss2_50">("nema_l5_30", "nema_ss2_50"),
  volts: fc.constantFrom(120, 240),
  amps: fc.constantFrom(30, 50),
  phases: fc.constant<1>(1),
});
const dockValues = fc.record({
  kind: fc.constantFrom(...DockKind.options),
  minLoaCm: known(fc.integer({ min: 100, max: 800 })),
  maxLoaCm: fc.integer({ min: 1_100, max: 1_800 }),
  maxBeamCm: known(fc.integer({ min: 350, max: 600 })),
  // About what these boats draw, so that the tide decides of most.
  depthCm: known(fc.integer({ min: 60, max: 260 })),
  overheadCm: fc.option(fc.integer({ min: 1_500, max: 2_600 }), { nil: undefined, freq: 2 }),
  maxDisplacementKg: known(fc.integer({ min: 8_000, max: 30_000 })),
  quayCm: fc.integer({ min: 2_200, max: 4_000 }),
  gapCm: fc.integer({ min: 0, max: 150 }),
  outlets: fc.array(outlet, { maxLength: 2 }),
  amenities: fc.subarray<Amenity>(Amenity.options.slice(0, 3)),
  hullTypes: fc.constantFrom<HullType[]>([...HullType.options], [...HullType.options], ["mono"]),
  requiresInsurance: fc.constantFrom(false, false, false, true),
  minNights: fc.constantFrom(1, 1, 3),
  noticeHours: fc.constantFrom(0, 0, 36),
  windowDays: fc.constantFrom(60, 365, 730),
  checkInFrom: fc.constantFrom("12:00", "14:00"),
  rate,
});
const boat = fc.record({
  loaCm: fc.integer({ min: 700, max: 1_300 }),
  beamCm: known(fc.integer({ min: 250, max: 450 })),
  draftCm: known(fc.integer({ min: 80, max: 230 })),
  airDraftCm: known(fc.integer({ min: 1_300, max: 2_200 })),
  displacementKg: known(fc.integer({ min: 4_000, max: 15_000 })),
  hullType: known(fc.constantFrom(...HullType.options)),
  takesGround: fc.constantFrom(true, false, undefined),
});

beforeAll(async () => {
  edge = await createTestEdge();
  today = Math.floor(edge.clock.nowMs / DAY_MS);
  await addTideStation(edge.sql, NEWPORT_TIDE);
  await addTideStation(edge.sql, SAN_FRANCISCO_TIDE);
  await edge.sql.query(
    `INSERT INTO tide_station VALUES ($1, 'Bare', 41, -71, '{"HAT": 190}', 190, '')`,
    [BARE_TIDE],
  );
  const signedUp = await signUp(edge, "Hedda Host");
  guest = await signUp(edge, "Gus");
  host = { ...signedUp, role: "user", sessionId: signedUp.id };
  const values = fc.sample(dockValues, {
    numRuns: HARBOURS.length * DOCKS_A_HARBOUR,
    seed: 20_270,
  });
  for (const [place, { name, timeZone, station }] of HARBOURS.entries()) {
    const position = { lat: 41.2 + place / 5, lon: -71.3 };
    const harbour = await createHarbour(edge.sql, host, newHarbour({ name, timeZone, position }));
    await edge.sql.query("UPDATE harbour SET tide_station = $2 WHERE id = $1", [
      harbour.id,
      station,
    ]);
    for (let i = 0; i < DOCKS_A_HARBOUR; i++) {
      const { quayCm, depthCm, overheadCm, ...rest } = values[place * DOCKS_A_HARBOUR + i]!;
      const dock: Partial<NewDock> = {
        ...rest,
        ...(depthCm === undefined ? {} : { depthCm, depthDatum: "LAT" }),
        // MHWS is not a datum of every station: what is above the dock is then not known.
        ...(overheadCm === undefined
          ? {}
          : { overheadCm, overheadDatum: i % 4 === 0 ? "MHWS" : "LAT" }),
        ...(isLinear(rest.kind) ? { lengthCm: quayCm } : {}),
      };
      const { id } = await createDock(edge.sql, host, newDock(harbour, dock));
      await publishDock(edge.sql, host, id);
      dockIds.push(id);
      windowOf.set(id, rest.windowDays);
      stationOf.set(id, station);
      const from = today + 5 + (id % 40);
      if (i % 2 !== 0) continue;
      const span = isLinear(rest.kind) ? { spanCm: [0, 700] as [number, number] } : {};
      const stay = { from: dayToDate(from), to: dayToDate(from + 30), note: "" };
      await createBlock(edge.sql, host, id, { ...stay, ...span }, edge.clock.nowMs);
    }
  }
}, 60_000);
afterAll(() => edge.close());

/** So the change log is read before the next answer. */
function letTimePass(): void {
  edge.clock.nowMs += 1_000;
}

function toParams(values: object): URLSearchParams {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
}

async function searchView(question: object): Promise<Map<number, SearchItem>> {
  const params = toParams({ bbox: VIEW, sort: "distance", limit: 100, ...question });
  const response = await guest.fetch(`GET /api/docks?${params}`);
  expect(response.status).toBe(200);
  const { items, total } = SearchAnswer.parse(await response.json());
  expect(total).toEqual({ value: items.length, relation: "eq" });
  return new Map(items.map((item) => [item.id, item]));
}

/** A quote, or undefined where the dock does not sell such a stay. */
async function quoteOf(dockId: number, question: object): Promise<QuoteAnswer | undefined> {
  const response = await guest.fetch(`GET /api/docks/${dockId}/quote?${toParams(question)}`);
  const body: unknown = await response.json();
  if (response.ok) return QuoteAnswer.parse(body);
  expect(body).toMatchObject({ status: 422, code: "stay-not-possible" });
  return undefined;
}

const stays = fc.record({
  nights: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 35 })),
  start: fc.oneof(
    fc.record({ at: fc.integer({ min: 0, max: 80 }) }),
    fc.record({ at: fc.integer({ min: 80, max: 500 }) }),
    // The last nights that docks sell, and the first that they do not, in zones on both sides.
    fc.record({ window: fc.constantFrom(60, 365, 730), after: fc.integer({ min: -2, max: 2 }) }),
  ),
});

/** A stay's dates; of one that would begin too early the first that may be asked for. */
function datesOf({ nights, start }: typeof stays extends fc.Arbitrary<infer T> ? T : never) {
  const from = "at" in start ? start.at : Math.max(0, start.window + start.after - nights);
  return { from: dayToDate(today + from), to: dayToDate(today + from + nights) };
}

describe("search and quote", () => {
  beforeAll(async () => {
    while (await edge.deps.tides.fill(5) > 0);
  });

  test("say the same of hundreds of docks, boats and stays", async () => {
    const seen: Record<string, number> = {};
    const count = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);
    const asked = fc.sample(fc.record({ stay: stays, boat, salt: fc.nat() }), 150);
    for (const { stay, boat, salt } of asked) {
      const question = { ...datesOf(stay), ...boat };
      const found = await searchView(question);
      const pick = (ids: number[]) =>
        ids.toSorted((a, b) => (a * 7_919 + salt) % 1_009 - (b * 7_919 + salt) % 1_009).slice(0, 3);
      const others = dockIds.filter((id) => !found.has(id));
      for (const id of [...pick([...found.keys()]), ...pick(others)]) {
        const item = found.get(id);
        const quote = await quoteOf(id, question);
        const said = JSON.stringify({ id, question, item, quote });
        if (!item) {
          const isKept = !quote || !quote.free || quote.fit.verdict === "no";
          expect({ said, isKept }).toEqual({ said, isKept: true });
          count(!quote ? "not sold" : quote.free ? "does not fit" : "taken");
          continue;
        }
        if (!quote) throw new Error(`found and not sold: ${said}`);
        const { fit, currency, totalMinor, free } = quote;
        expect({ said, free, ...item.price }).toMatchObject({
          said,
          free: true,
          currency,
          totalMinor,
        });
        // What the tide does within a day no tile tells: whether it ever lets a boat in that lies
        // aground at low water is for the quote to say.
        if (fit.reasons.some(({ code }) => code === "no-tide-to-enter")) {
          const depth = item.fit?.reasons.find(({ rule }) => rule === "depth");
          expect({ said, code: depth?.code }).toEqual({ said, code: "aground-at-low-water" });
          count("no tide to enter");
          continue;
        }
        const plain = fit.reasons.map(({ windows: _, ...reason }) => reason);
        expect({ said, verdict: item.fit?.verdict, reasons: item.fit?.reasons })
          .toEqual({ said, verdict: fit.verdict, reasons: plain });
        count(fit.verdict);
        for (const { code } of fit.reasons) count(code);
        count(`station ${stationOf.get(id)}`);
        const end = today + windowOf.get(id)!;
        if (question.to >= dayToDate(end - 1)) count("last nights on sale");
      }
    }
    const wanted = [
      "not sold",
      "taken",
      "does not fit",
      "fits",
      "conditional",
      "unknown",
      "deep-enough",
      "aground-at-low-water",
      "clears-overhead",
      "high-water-unknown",
      "overhead-unknown",
      "last nights on sale",
      ...[NEWPORT_TIDE, SAN_FRANCISCO_TIDE, BARE_TIDE, null].map((station) => `station ${station}`),
    ];
    const all = (seen["fits"] ?? 0) + (seen["conditional"] ?? 0) + (seen["unknown"] ?? 0);
    console.info(`${asked.length} searches, ${all} verdicts and prices as quoted`, seen);
    expect(wanted.filter((what) => (seen[what] ?? 0) < 1)).toEqual([]);
    expect(all).toBeGreaterThan(200);
    expect((seen["no tide to enter"] ?? 0) / all).toBeLessThan(0.1);
  }, 120_000);
});

test("pages of a search by price go on with the exchange rates that it began with", async () => {
  const ratesOf = (usd: number, jpy: number) => JSON.stringify({ EUR: 1, USD: usd, JPY: jpy });
  await edge.sql.query("INSERT INTO exchange_rates (per_euro) VALUES ($1)", [ratesOf(1.1, 160)]);
  edge.clock.nowMs += 6 * 60_000;
  const stay = { from: dayToDate(today + 70), to: dayToDate(today + 75) };
  const ask = async (more: object): Promise<SearchAnswer> => {
    const params = toParams({ bbox: VIEW, sort: "price", ...stay, ...more });
    const response = await guest.fetch(`GET /api/docks?${params}`);
    expect(response.status).toBe(200);
    return SearchAnswer.parse(await response.json());
  };
  const idsOf = ({ items }: SearchAnswer) => items.map(({ id }) => id);
  const whole = await ask({ limit: 100 });
  const currencies = new Set(whole.items.map(({ price }) => price?.currency));
  for (const one of ["USD", "EUR", "JPY"]) expect(currencies).toContain(one);
  const first = await ask({ limit: 7 });
  // From here on a dollar is dear and a yen dearer.
  await edge.sql.query("INSERT INTO exchange_rates (per_euro) VALUES ($1)", [ratesOf(0.01, 0.1)]);
  edge.clock.nowMs += 6 * 60_000;
  const ids = idsOf(first);
  for (let cursor = first.nextCursor; cursor;) {
    const page = await ask({ limit: 7, cursor });
    ids.push(...idsOf(page));
    cursor = page.nextCursor;
  }
  expect(ids).toEqual(idsOf(whole));
  expect(idsOf(await ask({ limit: 100 }))).not.toEqual(ids);

  // Rates that are no more cannot be gone on with.
  await edge.sql.query("DELETE FROM exchange_rates");
  const lost = first.nextCursor!.replace(/_(\d+)_([^_]*)$/, "_999_$2");
  const params = toParams({ bbox: VIEW, sort: "price", ...stay, cursor: lost });
  const refused = await guest.fetch(`GET /api/docks?${params}`);
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ code: "invalid", issues: [{ path: "cursor" }] });
});

test("a table that comes is in the next answer of a process that has the tile", async () => {
  const station = "noaa/8443970";
  await addTideStation(edge.sql, station);
  const stay = { from: dayToDate(today + 100), to: dayToDate(today + 103) };
  const harmonics = testHarmonics(station);
  const { lowsCm } = predictDays(harmonics, "America/New_York", today + 100, 4);
  const lowest = Math.min(...Array.from(lowsCm));
  expect(lowest).toBeGreaterThan(2);
  const position = { lat: 42.4, lon: -71 };
  const harbour = await createHarbour(edge.sql, host, newHarbour({ name: "Boston", position }));
  await edge.sql.query("UPDATE harbour SET tide_station = $2 WHERE id = $1", [
    harbour.id,
    station,
  ]);
  // Deep enough by the days of the stay, and not by LAT.
  const depth = { depthCm: 210 - lowest, depthDatum: "LAT" as const, maxBeamCm: 500 };
  const { id } = await createDock(edge.sql, host, newDock(harbour, depth));
  await publishDock(edge.sql, host, id);
  const question = { ...stay, loaCm: 1_000, beamCm: 300, draftCm: 180, hullType: "mono" };
  letTimePass();
  const before = await searchView(question);
  expect(before.size).toBeGreaterThan(0);
  expect(before.has(id)).toBe(false);
  const versionNow = async () => {
    const [row] = await edge.sql.query<{ version: number }>(
      "SELECT version FROM calendar WHERE dock_id = $1",
      [id],
    );
    return row!.version;
  };
  const version = await versionNow();

  // Long enough that the tick looks for new stations again.
  edge.clock.nowMs += 11 * 60_000;
  expect(await edge.deps.tides.fill(1)).toBe(1);
  letTimePass();
  const item = (await searchView(question)).get(id);
  expect(item?.fit).toMatchObject({ verdict: "fits" });
  expect((await quoteOf(id, question))?.fit).toEqual(item?.fit);
  expect(item?.version).toBe(version + 1);

  // A table that is longer than the one before it is told too, one that is not is not.
  const { table } = (await selectTide(edge.sql, station))!;
  await keepTideTable(edge.sql, station, table!);
  expect(await versionNow()).toBe(item?.version);
  const longer = predictDays(harmonics, "America/New_York", today - 5, 900);
  await keepTideTable(edge.sql, station, longer);
  expect(await versionNow()).toBe(item!.version + 1);
  expect(edge.errors).toEqual([]);
});
