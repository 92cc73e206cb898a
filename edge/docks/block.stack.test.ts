import { afterAll, beforeAll, expect, test } from "vitest";
import type { Harbour, HostDock, NewBlock } from "../../shared/dock.ts";
import { Problem, type ProblemCode } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import { createTestDocks, type TestDocks } from "../local/test-docks.ts";
import { createBlock } from "./create-block.ts";
import { listBlocks } from "./list-blocks.ts";
import { publishDock } from "./publish-dock.ts";
import { readAvailability } from "./read-availability.ts";
import { removeBlock } from "./remove-block.ts";

/** 8 in the morning of 1 May at Newport. */
const NOW = Date.parse("2027-05-01T12:00:00Z");

let docks: TestDocks;
let host: Person;
let stranger: Person;
let harbour: Harbour;

beforeAll(async () => {
  docks = await createTestDocks();
  host = await docks.addPerson("Ada");
  stranger = await docks.addPerson("Ben");
  harbour = await docks.addHarbour(host);
});

afterAll(() => docks.end());

async function expectProblem(work: Promise<unknown>, code: ProblemCode): Promise<void> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(Problem);
  expect((error as Problem).code).toBe(code);
}

async function addPublished(values: Parameters<TestDocks["addDock"]>[2] = {}): Promise<HostDock> {
  const draft = await docks.addDock(host, harbour, values);
  return publishDock(docks.sql, host, draft.id);
}

const block = (dock: HostDock, values: Partial<NewBlock>, person = host) =>
  createBlock(docks.sql, person, dock.id, { from: "", to: "", note: "", ...values }, NOW);

const free = async (dock: HostDock, from: string, to: string, loaCm?: number, now = NOW) => {
  const ask = { from, to, loaCm };
  const { nights } = await readAvailability(docks.sql, null, dock.id, ask, now);
  return nights.filter((night) => night.free).map((night) => night.date);
};

const blocksOf = (dock: HostDock, person = host) =>
  listBlocks(docks.sql, person, dock.id, { after: undefined, limit: 10 }, NOW);

const eventKinds = async (dock: HostDock) =>
  (await docks.sql.query<{ kind: string }>(
    "SELECT kind FROM event WHERE dock_id = $1 ORDER BY version",
    [dock.id],
  )).map((event) => event.kind);

test("a block takes its nights out of sale and its removal puts them back", async () => {
  const dock = await addPublished();
  const made = await block(dock, { from: "2027-05-03", to: "2027-05-05", note: "Dredging" });
  expect(made).toMatchObject({
    from: "2027-05-03",
    to: "2027-05-05",
    note: "Dredging",
    spanCm: null,
  });
  expect(await free(dock, "2027-05-01", "2027-05-07")).toEqual([
    "2027-05-01",
    "2027-05-02",
    "2027-05-05",
    "2027-05-06",
  ]);
  expect(await blocksOf(dock)).toEqual([made]);
  await expectProblem(removeBlock(docks.sql, stranger, dock.id, made.id), "forbidden");
  await removeBlock(docks.sql, host, dock.id, made.id);
  expect(await blocksOf(dock)).toEqual([]);
  expect(await free(dock, "2027-05-03", "2027-05-05")).toHaveLength(2);
  await expectProblem(removeBlock(docks.sql, host, dock.id, made.id), "not-found");
  expect(await eventKinds(dock)).toEqual(["dock.published", "block.created", "block.deleted"]);
});

test("createBlock overwrites nothing that is taken", async () => {
  const dock = await addPublished();
  await docks.sql.query(
    `INSERT INTO occupancy (dock_id, span, nights, source)
     VALUES ($1, '[0,)', '[2027-06-10,2027-06-12)', 'import')`,
    [dock.id],
  );
  await expectProblem(block(dock, { from: "2027-06-11", to: "2027-06-20" }), "dates-taken");
  expect(await blocksOf(dock)).toEqual([]);
  expect(await eventKinds(dock)).toEqual(["dock.published"]);
  const after = await block(dock, { from: "2027-06-12", to: "2027-06-20" });
  await expectProblem(block(dock, { from: "2027-06-19", to: "2027-06-21" }), "dates-taken");
  expect(await blocksOf(dock)).toEqual([after]);
});

test("of blocks made at once for the same nights, one is made", async () => {
  const dock = await addPublished();
  const outcomes = await Promise.allSettled(
    Array.from(
      { length: 20 },
      (_, i) => block(dock, { from: `2027-07-0${1 + i % 3}`, to: "2027-07-08" }),
    ),
  );
  const refusals = outcomes.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
  expect(refusals).toHaveLength(19);
  expect(new Set(refusals.map((reason: Problem) => reason.code))).toEqual(new Set(["dates-taken"]));
  expect(await blocksOf(dock)).toHaveLength(1);
});

test("createBlock refuses nights that are none, over, or too far, and parts of a whole berth", async () => {
  const dock = await addPublished();
  const refuse = (values: Partial<NewBlock>) => expectProblem(block(dock, values), "invalid");
  await refuse({ from: "2027-05-03", to: "2027-05-03" });
  await refuse({ from: "2027-05-04", to: "2027-05-03" });
  await refuse({ from: "2027-04-01", to: "2027-05-01" });
  await refuse({ from: "2027-05-01", to: "2127-05-01" });
  await refuse({ from: "2027-05-03", to: "2027-05-04", spanCm: [0, 500] });
  await expectProblem(
    block(dock, { from: "2027-05-03", to: "2027-05-04" }, stranger),
    "forbidden",
  );
  await expectProblem(
    listBlocks(docks.sql, stranger, dock.id, { after: undefined, limit: 1 }, NOW),
    "forbidden",
  );
  expect(await blocksOf(dock)).toEqual([]);
  const draft = await docks.addDock(host, harbour);
  await expectProblem(
    block(draft, { from: "2027-05-03", to: "2027-05-04" }, stranger),
    "not-found",
  );
});

test("a part of a quay is blocked beside others, and room is told by the boat's length", async () => {
  const quay = await addPublished({ kind: "side_tie", lengthCm: 4_000, gapCm: 100, minLoaCm: 600 });
  const nights = { from: "2027-08-01", to: "2027-08-03" };
  const made = await block(quay, { ...nights, spanCm: [1_500, 2_600] });
  expect(made.spanCm).toEqual([1_500, 2_600]);
  await expectProblem(block(quay, { ...nights, spanCm: [2_599, 3_000] }), "dates-taken");
  await expectProblem(block(quay, { ...nights, spanCm: [3_000, 4_001] }), "invalid");
  await expectProblem(block(quay, nights), "dates-taken");
  // Runs of 15 m and 14 m are left; a gap of 1 m is kept.
  expect(await free(quay, "2027-08-01", "2027-08-04", 1_400)).toHaveLength(3);
  expect(await free(quay, "2027-08-01", "2027-08-04", 1_401)).toEqual(["2027-08-03"]);
  await block(quay, { ...nights, spanCm: [0, 1_500] });
  expect(await free(quay, "2027-08-01", "2027-08-04", 1_400)).toEqual(["2027-08-03"]);
  await block(quay, { ...nights, spanCm: [2_600, 3_400] });
  // The shortest that it takes is 6 m: 7 m with its gap, and 6 m are left.
  expect(await free(quay, "2027-08-01", "2027-08-04")).toEqual(["2027-08-03"]);
});

test("nights that are over in the dock's zone, or not sold yet, are not free", async () => {
  const dock = await addPublished({ windowDays: 10 });
  const lateEvening = Date.parse("2027-05-02T03:00:00Z");
  expect(await free(dock, "2027-04-29", "2027-05-14", undefined, lateEvening)).toEqual(
    Array.from({ length: 10 }, (_, i) => `2027-05-${String(1 + i).padStart(2, "0")}`),
  );
  await expectProblem(free(dock, "2027-05-01", "2028-06-05"), "invalid");
  await expectProblem(free(dock, "2027-05-01", "2027-05-01"), "invalid");
  expect(await free(dock, "2027-05-01", "2028-06-04")).toHaveLength(10);
});

test("a hold whose time is over takes nothing", async () => {
  const dock = await addPublished();
  await addHold(dock.id, "2027-09-01", "2027-09-04", "1 hour");
  expect(await free(dock, "2027-09-01", "2027-09-05")).toEqual(["2027-09-04"]);
  await docks.sql.query(
    "UPDATE booking SET deadline = now() - interval '1 second' WHERE dock_id = $1",
    [
      dock.id,
    ],
  );
  expect(await free(dock, "2027-09-01", "2027-09-05")).toHaveLength(4);
  await block(dock, { from: "2027-09-02", to: "2027-09-03" });
  expect(await eventKinds(dock)).toEqual(["dock.published", "booking.expire", "block.created"]);
  expect(await free(dock, "2027-09-01", "2027-09-05")).toHaveLength(3);
});

async function addHold(dockId: number, from: string, to: string, lasts: string): Promise<void> {
  await docks.sql.query(
    `WITH thread AS (
       INSERT INTO thread (id, dock_id, guest_id, host_id)
       VALUES (uuidv7(), $1, $2, $3) RETURNING id),
     booking AS (
       INSERT INTO booking (id, version, status, dock_id, guest_id, host_id, thread_id, nights,
         span, check_in_at, hold_until_at, check_out_at, vessel, quote, cancellation_policy,
         cancellation_tiers, policy_from, collection, deadline)
       SELECT uuidv7(), 1, 'held', $1, $2, $3, id, daterange($4::date, $5::date), '[0,)', now(),
         now(), now(), '{}', '{}', 'flexible', '[]', now(), 'online', now() + $6::interval
       FROM thread RETURNING id, nights)
     INSERT INTO occupancy (dock_id, span, nights, source, booking_id)
     SELECT $1, '[0,)', nights, 'booking', id FROM booking`,
    [dockId, stranger.id, host.id, from, to, lasts],
  );
}

test("listBlocks goes on after the last that was seen, and leaves out what is over", async () => {
  const dock = await addPublished();
  const made = [];
  for (const from of ["2027-05-09", "2027-05-02", "2027-05-05"]) {
    made.push(
      await block(dock, {
        from,
        to: from.replace(/\d$/, (day) => String(Number(day) + 1)).replace("010", "10"),
      }),
    );
  }
  made.sort((a, b) => a.from.localeCompare(b.from));
  const list = (after: { from: string; id: string } | undefined, now = NOW) =>
    listBlocks(docks.sql, host, dock.id, { after, limit: 2 }, now);
  expect(await list(undefined)).toEqual(made.slice(0, 2));
  expect(await list(made[1])).toEqual(made.slice(2));
  expect(await list(undefined, Date.parse("2027-05-04T12:00:00Z"))).toEqual(made.slice(1));
});
