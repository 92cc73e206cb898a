import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Fit } from "../../shared/fit.ts";
import { dateToDay, dayToDate } from "../../shared/stay.ts";
import { DockTide } from "../../shared/tide.ts";
import { tick } from "../events/tick.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, TEST_BOAT, type TestHarbour } from "../local/test-harbour.ts";
import { addTideStation, NEWPORT_TIDE, testHarmonics } from "../local/test-tides.ts";
import { predictDays, predictExtremes } from "./tide-prediction.ts";
import { selectTide, selectTideTables } from "./tide-queries.ts";
import { createTides, TABLE_DAYS, type Tides } from "./tides.ts";

const ZONE = "America/New_York";
const STAY = { from: "2027-07-03", to: "2027-07-10" };
const FIRST = dateToDay(STAY.from);
const NIGHTS = 7;
const VESSEL = { loaCm: 1_200, beamCm: 380, draftCm: 180, hullType: "mono" };

const harmonics = testHarmonics(NEWPORT_TIDE);
const days = predictDays(harmonics, ZONE, FIRST, NIGHTS + 1);
const lowest = Math.min(...Array.from(days.lowsCm));
const highest = Math.max(...Array.from(days.highsCm));

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;
/** How many statements the tides of `fresh` have made. */
let statements = 0;

beforeAll(async () => {
  edge = await createTestEdge();
  await addTideStation(edge.sql, NEWPORT_TIDE);
  // No harbour is here: nothing is to be predicted for it.
  await addTideStation(edge.sql, "noaa/9414290");
  harbour = await createTestHarbour(edge);
  await harbour.addDock();
  guest = await signUp(edge, "Gus");
});
afterAll(() => edge.close());

const work: Promise<unknown>[] = [];

/** The tides of a process that has just begun. */
function fresh(now = () => edge.clock.nowMs): Tides {
  const { sql } = edge;
  return createTides({
    sql: {
      ...sql,
      query: (text, values) => {
        statements++;
        return sql.query(text, values);
      },
    },
    now,
    background: (one) => void work.push(one),
  });
}

const tableRows = () =>
  edge.sql.query<{ station: string; first_day: string; until: string; model: number }>(
    "SELECT station, first_day, until, model FROM tide_table",
  );

describe("tables", () => {
  beforeEach(() => edge.sql.query("DELETE FROM tide_table"));

  test("the tick fills those of harbours' stations, far enough ahead, and then rests", async () => {
    const tides = fresh();
    expect(await tick({ ...edge.deps, tides })).toMatchObject({ tideTables: 1 });
    const rows = await tableRows();
    expect(rows.map(({ station }) => station)).toEqual([NEWPORT_TIDE]);
    const today = Math.floor(edge.clock.nowMs / 86_400_000);
    expect(dateToDay(rows[0]!.first_day)).toBeLessThan(today);
    expect(dateToDay(rows[0]!.until)).toBeGreaterThanOrEqual(today + TABLE_DAYS);

    statements = 0;
    expect(await tides.fill(2)).toBe(0);
    expect(statements).toBe(0);
    expect(await fresh().fill(2)).toBe(0);
  });

  test("what is kept is what is predicted, and one row serves every process", async () => {
    await fresh().fill(1);
    const tides = fresh();
    statements = 0;
    const answer = await tides.daysOf(NEWPORT_TIDE, FIRST, FIRST + NIGHTS);
    expect(answer?.timeZone).toBe(ZONE);
    const start = FIRST - answer!.days.firstDay;
    for (let i = 0; i <= NIGHTS; i++) {
      expect(answer!.days.lowsCm[start + i]).toBe(days.lowsCm[i]);
      expect(answer!.days.highsCm[start + i]).toBe(days.highsCm[i]);
    }
    expect(statements).toBe(1);
    await tides.daysOf(NEWPORT_TIDE, FIRST + 30, FIRST + 60);
    expect(statements).toBe(1);
    const tables = await selectTideTables(edge.sql, [NEWPORT_TIDE, "noaa/9414290", "nothing"]);
    expect([...tables.keys()]).toEqual([NEWPORT_TIDE]);
    expect(tables.get(NEWPORT_TIDE)).toEqual(answer);
  });

  test("many processes at once leave one whole table", async () => {
    const filled = await Promise.all(Array.from({ length: 6 }, () => fresh().fill(2)));
    expect(filled.every((count) => count <= 1)).toBe(true);
    expect(await tableRows()).toHaveLength(1);
  });

  test("a table goes on where it ends, and forgets what is over", async () => {
    const laterMs = edge.clock.nowMs + 100 * 86_400_000;
    await fresh().fill(1);
    const [before] = await tableRows();
    const { table: old } = (await selectTide(edge.sql, NEWPORT_TIDE))!;
    // What is kept is copied, not predicted again: a mark shows it.
    await edge.sql.query(`UPDATE tide_table SET lows[$1] = -9`, [200]);
    expect(await fresh(() => laterMs).fill(1)).toBe(1);
    const [after] = await tableRows();
    const { table } = (await selectTide(edge.sql, NEWPORT_TIDE))!;
    expect(dateToDay(after!.first_day) - dateToDay(before!.first_day)).toBe(100);
    expect(dateToDay(after!.until) - dateToDay(before!.until)).toBe(100);
    expect(table!.lowsCm[99]).toBe(-9);
    expect(table!.lowsCm[150]).toBe(old!.lowsCm[250]);
    const added = table!.firstDay + table!.lowsCm.length - 5;
    const { lowsCm } = predictDays(harmonics, ZONE, added, 5);
    expect(Array.from(table!.lowsCm).slice(-5)).toEqual(Array.from(lowsCm));
    // A process whose clock is behind does not take it back.
    await fresh().fill(1);
    expect(await tableRows()).toEqual([after]);
  });

  test("a table of an older model is not read, and is predicted anew", async () => {
    await fresh().fill(1);
    await edge.sql.query(
      "UPDATE tide_table SET model = 0, lows = array_fill(7, ARRAY[cardinality(lows)])",
    );
    expect((await selectTide(edge.sql, NEWPORT_TIDE))?.table).toBeUndefined();
    expect(await fresh().fill(1)).toBe(1);
    const { table } = (await selectTide(edge.sql, NEWPORT_TIDE))!;
    expect(Math.max(...Array.from(table!.lowsCm))).not.toBe(7);
  });

  test("without a table the days are predicted at once, and the table is made after", async () => {
    const tides = fresh();
    expect(await tides.waterOf(NEWPORT_TIDE, STAY, ZONE)).toEqual({
      lowCm: lowest,
      highCm: highest,
    });
    await Promise.all(work);
    expect(await tableRows()).toHaveLength(1);
    expect(await fresh().waterOf(NEWPORT_TIDE, STAY, ZONE)).toEqual({
      lowCm: lowest,
      highCm: highest,
    });
    // The days of another zone begin at other hours: one more each side.
    const wide = predictDays(harmonics, ZONE, FIRST - 1, NIGHTS + 3);
    expect(await tides.waterOf(NEWPORT_TIDE, STAY, "America/Halifax")).toEqual({
      lowCm: Math.min(...Array.from(wide.lowsCm)),
      highCm: Math.max(...Array.from(wide.highsCm)),
    });
    expect(await tides.waterOf("nowhere", STAY, ZONE)).toBeUndefined();
  });

  test("beyond its end the days are predicted too", async () => {
    await fresh().fill(1);
    const far = Math.floor(edge.clock.nowMs / 86_400_000) + TABLE_DAYS + 200;
    const answer = await fresh().daysOf(NEWPORT_TIDE, far, far + 3);
    expect(answer?.days).toEqual(predictDays(harmonics, ZONE, far, 4));
  });
});

async function fitOf(dockId: number, vessel: object): Promise<Fit> {
  const texts = Object.entries({ ...STAY, ...VESSEL, ...vessel }).map(([k, v]) => [k, String(v)]);
  const response = await guest.fetch(
    `GET /api/docks/${dockId}/quote?${new URLSearchParams(texts)}`,
  );
  expect(response.status).toBe(200);
  return ((await response.json()) as { fit: Fit }).fit;
}
const depthOf = (fit: Fit) => fit.reasons.find(({ rule }) => rule === "depth");

describe("a stay", () => {
  test("is judged by its own lowest water, a centimetre each side of it", async () => {
    // 1.80 m of draft and 0.30 m under the keel, at the lowest water of these days.
    const just = await harbour.addDock({ depthCm: 210 - lowest + 1 });
    const short = await harbour.addDock({ depthCm: 210 - lowest - 2 });
    expect(lowest).toBeGreaterThan(2);
    expect(depthOf(await fitOf(just.id, {}))).toMatchObject({ code: "deep-enough" });
    expect(depthOf(await fitOf(short.id, {}))).toMatchObject({
      code: "too-shallow",
      needed: 210,
    });
    expect((await bookStay(guest, just.id, STAY)).status).toBe(201);
    const refused = await bookStay(guest, short.id, STAY);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: "boat-does-not-fit" });
  });

  test("passes a bridge at its own highest water", async () => {
    const bridge = { overheadCm: 2_000 + highest + 1, overheadDatum: "LAT" as const };
    const dock = await harbour.addDock(bridge);
    const codeOf = (fit: Fit) => fit.reasons.find(({ rule }) => rule === "air_draft")?.code;
    expect(codeOf(await fitOf(dock.id, { airDraftCm: 1_950 }))).toBe("clears-overhead");
    expect(codeOf(await fitOf(dock.id, { airDraftCm: 1_953 }))).toBe("too-high");
  });

  test("of a boat that takes the ground lists the tides on which she comes and goes", async () => {
    const middle = Math.round((lowest + highest) / 2);
    const dock = await harbour.addDock({ depthCm: 210 - middle });
    expect(depthOf(await fitOf(dock.id, {}))).toMatchObject({ code: "too-shallow" });
    const fit = await fitOf(dock.id, { takesGround: true });
    expect(fit.verdict).toBe("conditional");
    const { arrival, departure } = depthOf(fit)!.windows!;
    expect(arrival.length).toBeGreaterThan(0);
    expect(departure.length).toBeGreaterThan(0);
    // After 14:00 of the one day and before 12:00 of the other, in New York's summer; a tide that
    // stands over midnight is not cut there.
    for (const { from, to } of arrival) {
      expect(from >= "2027-07-03T18:00:00.000Z" && from < "2027-07-04T04:00:00.000Z").toBe(true);
      expect(from < to).toBe(true);
    }
    for (const { from, to } of departure) {
      expect(to > "2027-07-10T04:00:00.000Z" && to <= "2027-07-10T16:00:00.000Z").toBe(true);
      expect(from < to).toBe(true);
    }
    // A tide high enough lies in each, or at its end where the dock's day cuts it.
    const highs = predictExtremes(harmonics, Date.parse(STAY.from), Date.parse("2027-07-11"))
      .filter(({ kind, levelCm }) => kind === "high" && levelCm >= middle);
    const isNear = (at: string) =>
      highs.some(({ atMs }) => Math.abs(atMs - Date.parse(at)) < 4 * 3_600_000);
    for (const { from, to } of [...arrival, ...departure]) {
      expect(isNear(from) && isNear(to)).toBe(true);
    }

    const boat = { takesGround: true };
    const unsaid = await bookStay(guest, dock.id, STAY, { boat });
    expect(await unsaid.json()).toMatchObject({ code: "conditions-not-accepted" });
    const said = await bookStay(guest, dock.id, STAY, { boat, body: { acceptConditions: true } });
    expect(said.status).toBe(201);
  });

  test("at a station without constants is judged by LAT and HAT", async () => {
    await edge.sql.query(
      `INSERT INTO tide_station VALUES ('test/bare', 'Bare', 44, -63, '{"HAT": 190}', 190, '')`,
    );
    const [row] = await edge.sql.query<{ id: number }>(
      `UPDATE harbour SET tide_station = 'test/bare' WHERE id = $1 RETURNING id`,
      [harbour.harbour.id],
    );
    expect(row).toBeDefined();
    const dock = await harbour.addDock({ depthCm: 209 });
    expect(depthOf(await fitOf(dock.id, {}))).toMatchObject({ code: "too-shallow" });
    const fit = await fitOf(dock.id, { takesGround: true });
    expect(depthOf(fit)).toMatchObject({ code: "aground-at-low-water" });
    expect(depthOf(fit)).not.toHaveProperty("windows");
    const tide = await edge.fetch(`GET /api/docks/${dock.id}/tide?from=2027-07-03&to=2027-07-04`);
    expect(tide.status).toBe(404);
    await edge.sql.query(`UPDATE harbour SET tide_station = $1`, [NEWPORT_TIDE]);
  });
});

describe("GET /api/docks/:id/tide", () => {
  const ask = (dockId: number, from: string, to: string) =>
    edge.fetch(`GET /api/docks/${dockId}/tide?${new URLSearchParams({ from, to })}`);

  test("gives days and extremes of the dock's station, with its credit", async () => {
    const dock = await harbour.addDock();
    const response = await ask(dock.id, "2027-03-13", "2027-03-15");
    expect(response.status).toBe(200);
    const tide = DockTide.parse(await response.json());
    expect(tide).toMatchObject({
      station: { id: NEWPORT_TIDE, name: "Newport", timeZone: ZONE },
      attribution: "Neaps tide database (https://github.com/openwatersio/tide-database)",
      datum: "LAT",
    });
    expect(tide.days.map(({ date }) => date)).toEqual(["2027-03-13", "2027-03-14", "2027-03-15"]);
    for (const { lowCm, highCm } of tide.days) expect(lowCm).toBeLessThan(highCm);
    // 71 hours: the clocks went forward. One extreme lies beyond each end.
    const [first, last] = ["2027-03-13T05:00:00.000Z", "2027-03-16T04:00:00.000Z"];
    expect(tide.extremes.filter(({ at }) => at < first)).toHaveLength(1);
    expect(tide.extremes.filter(({ at }) => at > last)).toHaveLength(1);
    for (const { at, levelCm } of tide.extremes.slice(1, -1)) {
      const local = new Date(Date.parse(at)).toLocaleDateString("sv-SE", { timeZone: ZONE });
      const day = tide.days.find(({ date }) => date === local)!;
      expect(levelCm).toBeGreaterThanOrEqual(day.lowCm);
      expect(levelCm).toBeLessThanOrEqual(day.highCm);
    }
  });

  test("refuses no days, too many, days that are none, and docks that are none", async () => {
    const dock = await harbour.addDock();
    const late = dayToDate(dateToDay("2027-07-03") + 14);
    expect((await ask(dock.id, "2027-07-03", dayToDate(dateToDay(late) - 1))).status).toBe(200);
    expect((await ask(dock.id, "2027-07-03", late)).status).toBe(422);
    expect((await ask(dock.id, "2027-07-03", "2027-07-02")).status).toBe(422);
    expect((await ask(dock.id, "2027-07-03", "2027-02-30")).status).toBe(422);
    expect((await edge.fetch(`GET /api/docks/${dock.id}/tide`)).status).toBe(422);
    expect((await ask(77_777, "2027-07-03", "2027-07-04")).status).toBe(404);
  });
});

test("the boat of these tests is the one of the bookings", () => {
  const { name: _, ...vessel } = TEST_BOAT;
  expect(vessel).toEqual(VESSEL);
  expect(edge.errors).toEqual([]);
});
