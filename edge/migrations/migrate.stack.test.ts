import { mkdtemp, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../local/testing.ts";
import { migrate, MigrationProblem } from "./migrate.ts";

let database: TestDatabase;
let directory: string;
let client: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  directory = await mkdtemp(join(tmpdir(), "dokkerr-migrations-"));
  client = new pg.Client(database.databaseUrl);
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(directory, { recursive: true });
});

const put = (name: string, sql: string) => writeFile(join(directory, name), sql);
const run = () => migrate({ databaseUrl: database.databaseUrl, directory });
const problem = () =>
  run().then(
    () => expect.fail("it must be refused"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(MigrationProblem);
      return (error as Error).message;
    },
  );

test("migrate applies what is missing, in order, once", async () => {
  await put("0001_boat.sql", "CREATE TABLE boat (id int);");
  await put("0002_mast.sql", "ALTER TABLE boat ADD mast_cm int; INSERT INTO boat VALUES (1, 2);");
  expect(await run()).toEqual(["0001_boat.sql", "0002_mast.sql"]);
  expect(await run()).toEqual([]);
  await put("0003_keel.sql", "ALTER TABLE boat ADD keel_cm int;");
  expect(await run()).toEqual(["0003_keel.sql"]);
  expect((await client.query("SELECT * FROM boat")).rows).toEqual([
    { id: 1, mast_cm: 2, keel_cm: null },
  ]);
});

test("migrate refuses a migration that was changed after it was applied", async () => {
  await put("0001_boat.sql", "CREATE TABLE boat (id int);");
  await run();
  await put("0001_boat.sql", "CREATE TABLE boat (id bigint);");
  await put("0002_mast.sql", "CREATE TABLE mast (id int);");
  expect(await problem()).toMatch(/0001_boat\.sql was changed/);
  expect((await client.query("SELECT to_regclass('mast') AS mast")).rows).toEqual([{ mast: null }]);
});

test("migrate takes CRLF line ends for the same text", async () => {
  await put("0001_boat.sql", "CREATE TABLE boat (\n  id int\n);");
  await run();
  await put("0001_boat.sql", "CREATE TABLE boat (\r\n  id int\r\n);");
  expect(await run()).toEqual([]);
});

test("migrate refuses an applied migration whose file is gone", async () => {
  await put("0001_boat.sql", "CREATE TABLE boat (id int);");
  await run();
  await unlink(join(directory, "0001_boat.sql"));
  expect(await problem()).toMatch(/0001_boat\.sql .* missing/);
});

test("migrate refuses a new migration that comes before an applied one", async () => {
  await put("0002_mast.sql", "CREATE TABLE mast (id int);");
  await run();
  await put("0001_boat.sql", "CREATE TABLE boat (id int);");
  expect(await problem()).toMatch(/0001_boat\.sql comes before 0002_mast\.sql/);
});

test("migrate refuses misnamed files and shared numbers", async () => {
  await put("1_boat.sql", "SELECT 1;");
  expect(await problem()).toMatch(/1_boat\.sql is not named/);
  await unlink(join(directory, "1_boat.sql"));
  await put("0001_boat.sql", "SELECT 1;");
  await put("0001_mast.sql", "SELECT 1;");
  expect(await problem()).toMatch(/share a number/);
});

test("migrate leaves nothing of a migration that fails, and keeps those before it", async () => {
  await put("0001_boat.sql", "CREATE TABLE boat (id int);");
  await put("0002_mast.sql", "CREATE TABLE mast (id int);\nSELECT no_such_column;");
  expect(await problem()).toMatch(/0002_mast\.sql, line 2: column "no_such_column"/);
  const { rows } = await client.query(
    "SELECT to_regclass('boat') IS NOT NULL AS boat, to_regclass('mast') IS NOT NULL AS mast",
  );
  expect(rows).toEqual([{ boat: true, mast: false }]);
  await put("0002_mast.sql", "CREATE TABLE mast (id int);");
  expect(await run()).toEqual(["0002_mast.sql"]);
});

test("migrate runs a marked file outside a transaction", async () => {
  await put("0001_boat.sql", "CREATE TABLE boat (id int);");
  await put(
    "0002_boat_index.sql",
    "-- no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS boat_id ON boat (id);",
  );
  expect(await run()).toHaveLength(2);
  expect((await client.query("SELECT to_regclass('boat_id') AS name")).rows).toEqual([
    { name: "boat_id" },
  ]);
});

test("migrate runs once when many processes start together", async () => {
  await put("0001_boat.sql", "CREATE TABLE boat (id int); SELECT pg_sleep(0.05);");
  await put("0002_mast.sql", "CREATE TABLE mast (id int);");
  const applied = await Promise.all(Array.from({ length: 8 }, run));
  expect(applied.flat().sort()).toEqual(["0001_boat.sql", "0002_mast.sql"]);
});
