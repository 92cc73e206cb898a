import { verifyPassword } from "better-auth/crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NewBoat } from "../../../shared/boat.ts";
import { Booking } from "../../../shared/booking.ts";
import { createTestDatabase, type TestDatabase } from "../testing.ts";
import { seedDemo } from "./seed-demo.ts";

const DOCKS = 2_000;
const nowMs = Date.now();

let database: TestDatabase;
let client: pg.Client;
let before: unknown[];

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.databaseUrl);
  await client.connect();
  before = await schemaOf(client);
  await seedDemo({ databaseUrl: database.databaseUrl, docks: DOCKS, nowMs });
}, 120_000);

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

async function rowsOf<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  return (await client.query<T>(sql, values)).rows;
}

/** Every constraint, index and default of the database, as it says them itself. */
async function schemaOf(on: pg.Client): Promise<unknown[]> {
  const { rows } = await on.query(
    `SELECT conrelid::regclass::text AS relation, conname AS name, pg_get_constraintdef(oid) AS def
     FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION ALL
     SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL
     SELECT table_name, column_name, coalesce(column_default, '') || is_nullable || data_type
     FROM information_schema.columns WHERE table_schema = 'public'
     ORDER BY 1, 2, 3`,
  );
  return rows;
}

test("the schema afterwards is exactly the migrations'", async () => {
  const names = before.map((row) => (row as { name: string }).name);
  expect(names).toContain("occupancy_never_twice");
  expect(await schemaOf(client)).toEqual(before);
});

test("every tide station can be predicted, also those of a database that was filled before", async () => {
  const bare = () =>
    rowsOf(
      `SELECT FROM tide_station s
       WHERE NOT EXISTS (SELECT FROM tide_harmonics h WHERE h.station = s.id)`,
    );
  expect(await bare()).toEqual([]);
  const [kept] = await rowsOf(`SELECT * FROM tide_harmonics ORDER BY station LIMIT 1`);
  await client.query(`DELETE FROM tide_harmonics`);
  expect(await seedDemo({ databaseUrl: database.databaseUrl, docks: DOCKS })).toBeUndefined();
  expect(await bare()).toEqual([]);
  const [written] = await rowsOf(`SELECT * FROM tide_harmonics ORDER BY station LIMIT 1`);
  expect(written).toEqual(kept);
});

describe("stays", () => {
  test("none lies over another, and the database would refuse one that did", async () => {
    const overlapping = await rowsOf(
      `SELECT FROM occupancy a JOIN occupancy b
         ON a.dock_id = b.dock_id AND a.id < b.id AND a.nights && b.nights AND a.span && b.span`,
    );
    expect(overlapping).toEqual([]);
    await expect(client.query(
      `INSERT INTO occupancy (dock_id, span, nights, source)
       SELECT dock_id, span, nights, source FROM occupancy LIMIT 1`,
    )).rejects.toMatchObject({ code: "23P01", constraint: "occupancy_never_twice" });
  });

  test("four a dock on average, whole berths whole, quays in parts side by side", async () => {
    const [counts] = await rowsOf<{ stays: number; odd: number; beside: number }>(
      `SELECT count(*)::int AS stays,
              count(*) FILTER (WHERE upper_inf(span) <> (length_cm IS NULL)
                                  OR upper(span) > length_cm)::int AS odd,
              (SELECT count(*) FROM occupancy a JOIN occupancy b
                 ON a.dock_id = b.dock_id AND a.id < b.id AND a.nights && b.nights)::int AS beside
       FROM occupancy JOIN dock d ON d.id = dock_id`,
    );
    expect(counts!.stays).toBeGreaterThanOrEqual(4 * DOCKS);
    expect(counts!.odd).toBe(0);
    expect(counts!.beside).toBeGreaterThan(50);
  });

  test("begin about today and reach a year and a half ahead", async () => {
    const today = new Date(nowMs).toISOString().slice(0, 10);
    const [reach] = await rowsOf<{ first: number; last: number; over: number }>(
      `SELECT min(upper(nights)) - $1::date AS first, max(lower(nights)) - $1::date AS last,
              count(*) FILTER (WHERE upper(nights) <= $1::date)::int AS over
       FROM occupancy`,
      today,
    );
    expect(reach).toMatchObject({ over: 0 });
    expect(reach!.first).toBeLessThanOrEqual(14);
    expect(reach!.last).toBeGreaterThan(500);
  });
});

describe("tiles", () => {
  test("leaves cover the world and count the published docks in them", async () => {
    const leaves = await rowsOf<{ quadkey: string; docks: number; found: number }>(
      `SELECT quadkey, docks,
              (SELECT count(*) FROM dock WHERE leaf = quadkey)::int AS found
       FROM tile_leaf`,
    );
    expect(leaves.reduce((area, leaf) => area + 4 ** -leaf.quadkey.length, 0)).toBe(1);
    for (const leaf of leaves) {
      expect(leaf.docks).toBe(leaf.found);
      expect(leaf.docks).toBeLessThanOrEqual(512);
    }
    const [strays] = await rowsOf<{ count: number }>(
      `SELECT count(*)::int AS count FROM dock
       WHERE (leaf IS NOT NULL) <> (status = 'published') OR NOT starts_with(cell, leaf)
          OR length(cell) <> 21`,
    );
    expect(strays!.count).toBe(0);
  });
});

describe("people", () => {
  test("the accounts of the demo can sign in, the admin as admin", async () => {
    const accounts = await rowsOf<{ email: string; role: string; password: string }>(
      `SELECT email, role, password FROM person p JOIN credential c ON c.person_id = p.id
       WHERE provider_id = 'credential' AND account_id = p.id::text ORDER BY email`,
    );
    expect(accounts.map(({ email, role }) => [email, role])).toEqual([
      ["admin@dokkerr.test", "admin"],
      ["guest2@dokkerr.test", "user"],
      ["guest@dokkerr.test", "user"],
      ["host2@dokkerr.test", "user"],
      ["host@dokkerr.test", "user"],
    ]);
    const [{ password } = { password: "" }] = accounts;
    expect(await verifyPassword({ hash: password, password: "dokkerr-demo" })).toBe(true);
    expect(await verifyPassword({ hash: password, password: "something else" })).toBe(false);
  });

  test("hosts keep the harbours of their docks", async () => {
    const strangers = await rowsOf(
      `SELECT FROM dock d WHERE NOT EXISTS (
         SELECT FROM harbour_staff s
         WHERE s.harbour_id = d.harbour_id AND s.person_id = d.host_id)`,
    );
    expect(strangers).toEqual([]);
  });

  test("the guest has two boats, a stay ahead and a request, each with a chat", async () => {
    const boats = await rowsOf<{ record: unknown }>(
      `SELECT record FROM boat WHERE owner_id =
         (SELECT id FROM person WHERE email = 'guest@dokkerr.test')`,
    );
    const hulls = boats.map(({ record }) => NewBoat.parse(record).hullType);
    expect(hulls.toSorted()).toEqual(["mono", "multi"]);

    const bookings = await rowsOf<{ record: object; calendar: string; words: number[] }>(
      `SELECT booking_record(b.id) AS record, c.version AS calendar,
              (SELECT array_agg(seq::int ORDER BY seq) FROM thread_log l
               WHERE l.thread_id = b.thread_id) AS words
       FROM booking b JOIN calendar c ON c.dock_id = b.dock_id
       JOIN occupancy o ON o.booking_id = b.id AND o.nights = b.nights AND o.span = b.span
       JOIN thread_member g ON g.thread_id = b.thread_id AND g.person_id = b.guest_id
       JOIN thread_member h ON h.thread_id = b.thread_id AND h.person_id = b.host_id
       ORDER BY b.status`,
    );
    const records = bookings.map(({ record }) => Booking.parse({ ...record, role: "guest" }));
    expect(records.map((record) => record.status)).toEqual(["confirmed", "requested"]);
    for (const [i, record] of records.entries()) {
      expect(record.version).toBe(Number(bookings[i]!.calendar));
      expect(record.totalMinor).toBe(
        record.lines.reduce((sum, line) => sum + line.amountMinor, 0),
      );
      expect(Date.parse(record.checkInAt)).toBeGreaterThan(nowMs);
      const { words } = bookings[i]!;
      expect(words).toEqual(words.map((_, n) => n + 1));
    }
  });
});

test("does nothing where anything is there already", async () => {
  const count = "SELECT count(*) FROM dock";
  const counted = await rowsOf(count);
  expect(await seedDemo({ databaseUrl: database.databaseUrl, docks: 10 })).toBeUndefined();
  expect(await rowsOf(count)).toEqual(counted);
});

test("the same seed and instant give the same, a new dock gets a new id", async () => {
  const again = await createTestDatabase();
  const other = new pg.Client(again.databaseUrl);
  await other.connect();
  try {
    await seedDemo({ databaseUrl: again.databaseUrl, docks: DOCKS, nowMs });
    const digest = `
      SELECT
        (SELECT md5(string_agg((to_jsonb(d) - 'created_at' - 'updated_at')::text, '' ORDER BY id))
         FROM dock d) AS docks,
        (SELECT md5(string_agg((to_jsonb(h) - 'created_at' - 'changed_at')::text, '' ORDER BY id))
         FROM harbour h) AS harbours,
        (SELECT md5(string_agg(concat(dock_id, span, nights), '' ORDER BY dock_id, span, nights))
         FROM occupancy) AS stays,
        (SELECT md5(string_agg(concat(id, name, email), '' ORDER BY id)) FROM person) AS people`;
    const [one, two] = await Promise.all([client.query(digest), other.query(digest)]);
    expect(two.rows).toEqual(one.rows);
    const { rows } = await other.query("SELECT nextval(pg_get_serial_sequence('dock', 'id'))::int");
    expect(rows[0]).toEqual({ nextval: DOCKS + 1 });
  } finally {
    await other.end();
    await again.drop();
  }
});

test("killed on the way it leaves an empty database of the same schema, and can begin anew", async () => {
  const crashed = await createTestDatabase();
  const killer = new pg.Client(crashed.databaseUrl);
  await killer.connect();
  try {
    const kills: Promise<unknown>[] = [];
    const seeding = seedDemo({
      databaseUrl: crashed.databaseUrl,
      docks: 200,
      nowMs,
      log: () => {
        kills.push(killer.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'dokkerr demo' AND datname = current_database()`,
        ));
      },
    });
    await expect(seeding).rejects.toThrow();
    await Promise.all(kills);
    const { rows } = await killer.query(
      `SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM harbour)
              + (SELECT count(*) FROM dock) + (SELECT count(*) FROM tide_station) AS rows`,
    );
    expect(rows).toEqual([{ rows: "0" }]);
    expect(await schemaOf(killer)).toEqual(before);
    const seeded = await seedDemo({ databaseUrl: crashed.databaseUrl, docks: 200, nowMs });
    expect(seeded?.docks).toBe(200);
  } finally {
    await killer.end();
    await crashed.drop();
  }
});
