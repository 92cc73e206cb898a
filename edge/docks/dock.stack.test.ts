import { afterAll, beforeAll, expect, test } from "vitest";
import type { Harbour } from "../../shared/dock.ts";
import { distanceM } from "../../shared/geo.ts";
import { Problem, type ProblemCode } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import { createTestDocks, newDock, type TestDocks } from "../local/test-docks.ts";
import { createBlock } from "./create-block.ts";
import { createDock } from "./create-dock.ts";
import { editDock } from "./edit-dock.ts";
import { listHarbourDocks, listMyDocks } from "./list-docks.ts";
import { pauseDock } from "./pause-dock.ts";
import { publishDock } from "./publish-dock.ts";
import { readDock } from "./read-dock.ts";

const NOW = Date.parse("2027-05-01T12:00:00Z");

let docks: TestDocks;
let host: Person;
let stranger: Person;
let admin: Person;
let harbour: Harbour;

beforeAll(async () => {
  docks = await createTestDocks();
  host = await docks.addPerson("Ada");
  stranger = await docks.addPerson("Ben");
  admin = await docks.addPerson("Cleo", "admin");
  harbour = await docks.addHarbour(host);
});

afterAll(() => docks.end());

async function expectProblem(work: Promise<unknown>, code: ProblemCode): Promise<Problem> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(Problem);
  expect((error as Problem).code).toBe(code);
  return error as Problem;
}

const pathsOf = (problem: Problem) =>
  (problem.extra.issues as { path: string }[]).map((issue) => issue.path);

const eventsOf = (dockId: number) =>
  docks.sql.query<{ version: number; kind: string; cell_before: string | null; body: object }>(
    "SELECT version, kind, cell_before, body FROM event WHERE dock_id = $1 ORDER BY version",
    [dockId],
  );

test("createDock makes a draft that only those who manage it see", async () => {
  const dock = await docks.addDock(host, harbour, {
    description: "Quiet, west of the fuel dock.",
    maxBeamCm: 450,
    outlets: [{ volts: 120, amps: 30, phases: 1, plug: "nema_l5_30" }],
    amenities: ["water_tap", "electricity"],
  });
  expect(dock).toMatchObject({
    version: 1,
    status: "draft",
    kind: "slip",
    name: "B 12",
    position: harbour.position,
    publicPosition: harbour.position,
    positionBlurred: false,
    timeZone: "America/New_York",
    maxBeamCm: 450,
    amenities: ["electricity", "water_tap"],
    checkInFrom: "14:00",
    host: { id: host.id, name: "Ada" },
    harbour: { id: harbour.id, name: "Goat Island", tideStation: null },
    photos: [],
    rating: null,
  });
  expect(await readDock(docks.sql, host, dock.id)).toEqual(dock);
  expect(await readDock(docks.sql, admin, dock.id)).toEqual(dock);
  await expectProblem(readDock(docks.sql, stranger, dock.id), "not-found");
  await expectProblem(readDock(docks.sql, null, dock.id), "not-found");
});

test("createDock refuses a dock whose values contradict each other, each by name", async () => {
  const faulty = newDock(harbour, {
    lengthCm: 5_000,
    minLoaCm: 1_500,
    depthCm: 300,
    position: { lat: 41.7, lon: -71.3268 },
  });
  const problem = await expectProblem(createDock(docks.sql, host, faulty), "invalid");
  expect(pathsOf(problem)).toEqual(["lengthCm", "minLoaCm", "depthDatum", "position"]);
  const nowhere = { ...newDock(harbour), harbourId: 4_000_000_000 };
  expect(pathsOf(await expectProblem(createDock(docks.sql, host, nowhere), "invalid"))).toEqual([
    "harbourId",
  ]);
});

test("createDock refuses a harbour that is somebody else's", async () => {
  const before = await docks.sql.query("SELECT id FROM dock");
  await expectProblem(createDock(docks.sql, stranger, newDock(harbour)), "forbidden");
  expect(await docks.sql.query("SELECT id FROM dock")).toEqual(before);
});

test("a blurred dock shows its exact position to its managers and to guests with a stay", async () => {
  const draft = await docks.addDock(host, harbour, { blurPosition: true });
  const dock = await publishDock(docks.sql, host, draft.id);
  expect(dock.position).toEqual(harbour.position);
  const seen = await readDock(docks.sql, stranger, dock.id);
  expect(seen.positionBlurred).toBe(true);
  expect(seen.position).toEqual(dock.publicPosition);
  const off = distanceM(seen.position, harbour.position);
  expect(off).toBeGreaterThan(1);
  expect(off).toBeLessThan(1_700);
  expect(JSON.stringify(seen)).not.toContain(String(harbour.position.lat));

  await addStay(dock.id, stranger, "requested");
  expect((await readDock(docks.sql, stranger, dock.id)).position).toEqual(dock.publicPosition);
  await docks.sql.query(
    "UPDATE booking SET status = 'confirmed', deadline = NULL WHERE dock_id = $1",
    [dock.id],
  );
  const known = await readDock(docks.sql, stranger, dock.id);
  expect(known.position).toEqual(harbour.position);
  expect(known.positionBlurred).toBe(false);
  expect(known).not.toHaveProperty("publicPosition");
});

/** A stay as the bookings' own tables hold it. */
async function addStay(dockId: number, guest: Person, status: string): Promise<void> {
  const nights = "[2027-07-01,2027-07-05)";
  await docks.sql.query(
    `WITH thread AS (
       INSERT INTO thread (id, dock_id, guest_id, host_id)
       VALUES (uuidv7(), $1, $2, $3) RETURNING id),
     booking AS (
       INSERT INTO booking (id, version, status, dock_id, guest_id, host_id, thread_id, nights,
         span, check_in_at, hold_until_at, check_out_at, vessel, quote, cancellation_policy,
         cancellation_tiers, policy_from, collection, deadline)
       SELECT uuidv7(), 1, $4, $1, $2, $3, id, $5::daterange, '[0,)', now(), now(), now(), '{}',
         '{}', 'flexible', '[]', now(), 'at_dock', now() + interval '1 day' FROM thread RETURNING id)
     INSERT INTO occupancy (dock_id, span, nights, source, booking_id)
     SELECT $1, '[0,)', $5::daterange, 'booking', id FROM booking`,
    [dockId, guest.id, host.id, status, nights],
  );
}

test("depth and overhead are kept as written and converted to LAT once", async () => {
  await docks.sql.query(
    `INSERT INTO tide_station VALUES
       ('test/near', 'Near', 20.1, -40, '{"LAT": 0, "MLLW": 12, "MHWS": 150}', 180, 'Somebody'),
       ('test/far', 'Far', 20.5, -40, '{"LAT": 0, "MLLW": 99}', 180, 'Somebody')`,
  );
  const tidal = await docks.addHarbour(host, { position: { lat: 20, lon: -40 } });
  expect(tidal.tideStation).toEqual({ id: "test/near", name: "Near", attribution: "Somebody" });
  const dock = await docks.addDock(host, tidal, {
    depthCm: 250,
    depthDatum: "MLLW",
    overheadCm: 2_000,
    overheadDatum: "MHWS",
  });
  expect(dock).toMatchObject({ depthCm: 250, depthDatum: "MLLW", overheadDatum: "MHWS" });
  const select = "SELECT depth_lat_cm, overhead_lat_cm FROM dock WHERE id = $1";
  expect(await docks.sql.query(select, [dock.id])).toEqual([
    { depth_lat_cm: 238, overhead_lat_cm: 2_150 },
  ]);
  const cleared = await editDock(docks.sql, host, dock.id, 1, {
    overheadCm: null,
    overheadDatum: null,
    depthDatum: "MSL",
  }, NOW);
  expect(cleared).not.toHaveProperty("overheadCm", 2_000);
  expect(await docks.sql.query(select, [dock.id])).toEqual([
    { depth_lat_cm: null, overhead_lat_cm: null },
  ]);
});

test("editDock changes what the patch names, counts it and says it to the log", async () => {
  const draft = await docks.addDock(host, harbour, { description: "Sheltered." });
  const dock = await publishDock(docks.sql, host, draft.id);
  const edited = await editDock(docks.sql, host, dock.id, 2, { name: "B 13", gapCm: 40 }, NOW);
  expect(edited).toEqual({ ...dock, version: 3, name: "B 13", gapCm: 40 });
  expect(await eventsOf(dock.id)).toEqual([
    {
      version: 2,
      kind: "dock.published",
      cell_before: null,
      body: {
        actorId: host.id,
        before: { status: "draft" },
        after: { status: "published" },
      },
    },
    {
      version: 3,
      kind: "dock.edited",
      cell_before: null,
      body: { actorId: host.id, fields: ["name", "gapCm"] },
    },
  ]);
});

test("editDock refuses a stale write with the current record, and changes nothing", async () => {
  const dock = await docks.addDock(host, harbour);
  const edited = await editDock(docks.sql, host, dock.id, 1, { name: "C 1" }, NOW);
  const stale = await expectProblem(
    editDock(docks.sql, host, dock.id, 1, { name: "C 2" }, NOW),
    "stale",
  );
  expect(stale.extra.current).toEqual(edited);
  expect(await readDock(docks.sql, host, dock.id)).toEqual(edited);
});

test("editDock lets one of two edits of the same version through", async () => {
  const dock = await docks.addDock(host, harbour);
  const outcomes = await Promise.allSettled(
    ["D 1", "D 2", "D 3", "D 4"].map((name) =>
      editDock(docks.sql, host, dock.id, 1, { name }, NOW)
    ),
  );
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect((await readDock(docks.sql, host, dock.id)).version).toBe(2);
});

test("editDock refuses strangers, empty patches and what would not hold as a whole", async () => {
  const draft = await docks.addDock(host, harbour, { minNights: 3 });
  const dock = await publishDock(docks.sql, host, draft.id);
  const edit = (person: Person, patch: object) =>
    editDock(docks.sql, person, dock.id, dock.version, patch, NOW);
  await expectProblem(edit(stranger, { name: "Mine" }), "forbidden");
  await expectProblem(edit(host, {}), "invalid");
  expect(pathsOf(await expectProblem(edit(host, { maxNights: 2 }), "invalid"))).toEqual([
    "minNights",
  ]);
  await expectProblem(edit(host, { position: { lat: 0, lon: 0 } }), "invalid");
  expect(await readDock(docks.sql, host, dock.id)).toEqual(dock);
  expect(await edit(admin, { name: "By the admin" })).toMatchObject({ name: "By the admin" });
});

test("editDock keeps kind and quay length while somebody is to lie there", async () => {
  const quay = { kind: "side_tie", lengthCm: 6_000, gapCm: 50 } as const;
  const dock = await docks.addDock(host, harbour, quay);
  const part = {
    from: "2027-05-02",
    to: "2027-05-04",
    note: "",
    spanCm: [0, 900] as [number, number],
  };
  await createBlock(docks.sql, host, dock.id, part, NOW);
  const edit = (patch: object, now = NOW) => editDock(docks.sql, host, dock.id, 1, patch, now);
  await expectProblem(edit({ lengthCm: 7_000 }), "dock-in-use");
  await expectProblem(edit({ kind: "slip", lengthCm: null }), "dock-in-use");
  const afterwards = Date.parse("2027-05-04T12:00:00Z");
  expect(await edit({ kind: "slip", lengthCm: null }, afterwards)).toMatchObject({ kind: "slip" });
});

test("the rates' version counts what moves a price and nothing else", async () => {
  const rate = {
    currency: "USD",
    basis: "per_length_night",
    billable: "max_loa_berth",
    minor: 900,
  } as const;
  const dock = await docks.addDock(host, harbour, { rate });
  const ratesVersion = async (version: number, patch: object) => {
    await editDock(docks.sql, host, dock.id, version, patch, NOW);
    const rows = await docks.sql.query<{ rates_version: number }>(
      "SELECT rates_version FROM dock WHERE id = $1",
      [dock.id],
    );
    return rows[0]?.rates_version;
  };
  expect(await ratesVersion(1, { name: "E 1" })).toBe(1);
  expect(await ratesVersion(2, { rate: dock.rate })).toBe(1);
  expect(await ratesVersion(3, { maxLoaCm: 1_500 })).toBe(2);
  expect(await ratesVersion(4, { rate: { ...dock.rate, billable: "loa" } })).toBe(3);
  expect(await ratesVersion(5, { maxLoaCm: 1_600 })).toBe(3);
});

test("publishDock and pauseDock are said once, however often they are asked", async () => {
  const dock = await docks.addDock(host, harbour);
  await expectProblem(pauseDock(docks.sql, host, dock.id), "not-bookable");
  const published = await Promise.all(
    Array.from({ length: 6 }, () => publishDock(docks.sql, host, dock.id)),
  );
  expect(new Set(published.map((each) => each.version))).toEqual(new Set([2]));
  await expectProblem(pauseDock(docks.sql, stranger, dock.id), "forbidden");
  expect(await pauseDock(docks.sql, host, dock.id)).toMatchObject({ status: "paused", version: 3 });
  await pauseDock(docks.sql, host, dock.id, 2);
  await expectProblem(publishDock(docks.sql, host, dock.id, 2), "stale");
  await expectProblem(publishDock(docks.sql, stranger, dock.id), "forbidden");
  expect((await eventsOf(dock.id)).map((event) => event.kind)).toEqual([
    "dock.published",
    "dock.paused",
  ]);
});

test("listMyDocks pages through what one hosts or staffs; a harbour lists what is published", async () => {
  const owner = await docks.addPerson("Dora");
  const marina = await docks.addHarbour(owner, { position: { lat: -17.77, lon: 177.38 } });
  const ids = [];
  for (const name of ["A 1", "A 2", "A 3"]) {
    ids.push((await docks.addDock(owner, marina, { name })).id);
  }
  const byAdmin = await createDock(docks.sql, admin, newDock(marina, { name: "A 4" }));
  await publishDock(docks.sql, owner, ids[1]!);

  const first = await listMyDocks(docks.sql, owner, { after: undefined, limit: 3 });
  expect(first.map((dock) => dock.id)).toEqual(ids);
  const rest = await listMyDocks(docks.sql, owner, { after: ids[1], limit: 2 });
  expect(rest.map((dock) => dock.id)).toEqual([ids[2], byAdmin.id]);
  const page = { after: undefined, limit: 10 };
  const shown = await listHarbourDocks(docks.sql, marina.id, page);
  expect(shown.map((dock) => dock.id)).toEqual([ids[1]]);
  await expectProblem(listHarbourDocks(docks.sql, 4_000_000_000, page), "not-found");
});
