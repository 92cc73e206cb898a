import { afterAll, beforeAll, expect, test } from "vitest";
import { Problem, type ProblemCode } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import { createTestDocks, type TestDocks } from "../local/test-docks.ts";
import { editHarbour } from "./edit-harbour.ts";
import { seeHarbour, selectHarbourPlaces } from "./harbour-queries.ts";
import { listMyHarbours } from "./list-harbours.ts";
import { publishDock } from "./publish-dock.ts";
import { readDock } from "./read-dock.ts";

let docks: TestDocks;
let host: Person;
let stranger: Person;

beforeAll(async () => {
  docks = await createTestDocks();
  host = await docks.addPerson("Ada");
  stranger = await docks.addPerson("Ben");
});

afterAll(() => docks.end());

async function expectProblem(work: Promise<unknown>, code: ProblemCode): Promise<Problem> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(Problem);
  expect((error as Problem).code).toBe(code);
  return error as Problem;
}

test("createHarbour makes its maker staff and takes the nearest tide station within 60 km", async () => {
  await docks.sql.query(
    `INSERT INTO tide_station VALUES
       ('suva', 'Suva', -18.13, 178.42, '{"LAT": 0}', 190, 'Somebody'),
       ('east', 'East of the line', -17.0, -179.95, '{"LAT": 0}', 190, 'Somebody else')`,
  );
  const west = await docks.addHarbour(host, {
    name: "Taveuni",
    position: { lat: -17, lon: 179.9 },
    vhfChannel: "16",
    facilities: ["fuel"],
  });
  expect(west).toEqual({
    id: west.id,
    version: 1,
    name: "Taveuni",
    place: "Newport, RI",
    country: "US",
    position: { lat: -17, lon: 179.9 },
    timeZone: "America/New_York",
    vhfChannel: "16",
    approach: "",
    facilities: ["fuel"],
    tideStation: { id: "east", name: "East of the line", attribution: "Somebody else" },
    dockCount: 0,
  });
  expect(await seeHarbour(docks.sql, west.id)).toEqual(west);
  const far = await docks.addHarbour(host, { position: { lat: -18.13, lon: 179.1 } });
  expect(far.tideStation).toBeNull();
  await expectProblem(seeHarbour(docks.sql, 4_000_000_000), "not-found");
});

test("editHarbour changes its docks' words with it, and tells of each dock", async () => {
  const harbour = await docks.addHarbour(host, { vhfChannel: "9" });
  const [a, b] = [await docks.addDock(host, harbour), await docks.addDock(host, harbour)];
  await publishDock(docks.sql, host, b.id);
  const edited = await editHarbour(docks.sql, host, harbour.id, 1, {
    name: "New name",
    vhfChannel: null,
  });
  expect(edited).toEqual({
    ...harbour,
    version: 2,
    name: "New name",
    vhfChannel: undefined,
    dockCount: 1,
  });
  const dock = await readDock(docks.sql, null, b.id);
  expect(dock.harbour).toMatchObject({ name: "New name", vhfChannel: null });
  expect(dock.version).toBe(3);
  const events = await docks.sql.query(
    `SELECT e.dock_id, e.kind, e.version = c.version AS is_last FROM event e
     JOIN calendar c ON c.dock_id = e.dock_id WHERE e.dock_id IN ($1, $2)
     ORDER BY e.dock_id, e.version`,
    [a.id, b.id],
  );
  expect(events).toEqual([
    { dock_id: a.id, kind: "dock.edited", is_last: true },
    { dock_id: b.id, kind: "dock.published", is_last: false },
    { dock_id: b.id, kind: "dock.edited", is_last: true },
  ]);
});

test("editHarbour refuses strangers, empty patches and stale writes", async () => {
  const harbour = await docks.addHarbour(host);
  const edit = (person: Person, version: number, patch: object) =>
    editHarbour(docks.sql, person, harbour.id, version, patch);
  await expectProblem(edit(stranger, 1, { name: "Mine" }), "forbidden");
  await expectProblem(edit(host, 1, {}), "invalid");
  const outcomes = await Promise.allSettled(["A", "B", "C"].map((name) => edit(host, 1, { name })));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  const current = await seeHarbour(docks.sql, harbour.id);
  expect(current.version).toBe(2);
  const stale = await expectProblem(edit(host, 1, { name: "D" }), "stale");
  expect(stale.extra.current).toEqual(current);
  const admin = await docks.addPerson("Cleo", "admin");
  expect(await edit(admin, 2, { place: "Fairhaven" })).toMatchObject({ place: "Fairhaven" });
  await expectProblem(
    editHarbour(docks.sql, admin, 4_000_000_000, 1, { name: "None" }),
    "not-found",
  );
});

test("listMyHarbours pages through one's own", async () => {
  const owner = await docks.addPerson("Dora");
  const made = [];
  for (const name of ["One", "Two", "Three"]) made.push(await docks.addHarbour(owner, { name }));
  expect(await listMyHarbours(docks.sql, owner, { after: undefined, limit: 2 })).toEqual(
    made.slice(0, 2),
  );
  expect(await listMyHarbours(docks.sql, owner, { after: made[1]!.id, limit: 2 })).toEqual(
    made.slice(2),
  );
  expect(await listMyHarbours(docks.sql, stranger, { after: undefined, limit: 2 })).toEqual([]);
});

test("selectHarbourPlaces answers all, then what was made or edited since", async () => {
  const before = await docks.addHarbour(host, { name: "Old" });
  await docks.sql.query("UPDATE harbour SET changed_at = now() - interval '1 day'");
  const all = await selectHarbourPlaces(docks.sql, undefined);
  expect(all.harbours).toContainEqual({
    id: before.id,
    name: "Old",
    place: "Newport, RI",
    country: "US",
    ...before.position,
    docks: 0,
  });
  expect((await selectHarbourPlaces(docks.sql, all.asOf)).harbours).toEqual([]);
  const after = await docks.addHarbour(host, { name: "New" });
  const dock = await docks.addDock(host, after);
  await publishDock(docks.sql, host, dock.id);
  await editHarbour(docks.sql, host, before.id, 1, { name: "Renamed" });
  const since = await selectHarbourPlaces(docks.sql, all.asOf);
  expect(new Map(since.harbours.map(({ name, docks }) => [name, docks]))).toEqual(
    new Map([["New", 1], ["Renamed", 0]]),
  );
});
