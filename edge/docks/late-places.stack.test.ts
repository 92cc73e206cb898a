import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "../identity/identity.ts";
import { createTestDocks, type TestDocks } from "../local/test-docks.ts";
import { editHarbour } from "./edit-harbour.ts";
import { createLatePlaces } from "./late-places.ts";

let docks: TestDocks;
let host: Person;

beforeAll(async () => {
  docks = await createTestDocks();
  host = await docks.addPerson("Ada");
});

afterAll(() => docks.end());

test("a process learns of harbours that others made or renamed", async () => {
  const old = await docks.addHarbour(host, { name: "Old Basin" });
  const places = createLatePlaces(docks.sql, () => Promise.resolve(undefined));
  const namesOf = (text: string) => places.search(text).map(({ name }) => name);
  await places.catchUp();
  expect(namesOf("old")).toEqual([]);
  await places.load();
  expect(namesOf("old")).toEqual(["Old Basin"]);

  const made = await docks.addHarbour(host, { name: "New Basin" });
  await editHarbour(docks.sql, host, old.id, 1, { name: "Royal Basin" });
  expect(namesOf("new b")).toEqual([]);
  await places.catchUp();
  expect(namesOf("new b")).toEqual(["New Basin"]);
  expect(places.get(`harbour:${made.id}`)).toMatchObject({ name: "New Basin", ...made.position });
  expect(places.get(`harbour:${old.id}`)?.name).toBe("Royal Basin");
  expect(namesOf("royal")).toEqual(["Royal Basin"]);
});
