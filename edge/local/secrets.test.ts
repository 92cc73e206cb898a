import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSecrets } from "./secrets.ts";
import { StartProblem } from "./start-problem.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dokkerr-secrets-"));
  path = join(folder, "secrets.json");
});
afterEach(() => rm(folder, { recursive: true }));

test("loadSecrets makes them once, for nobody else to read", async () => {
  const secrets = await loadSecrets(folder);
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await loadSecrets(folder)).toEqual(secrets);
});

test("loadSecrets adds one that an older folder lacks, and keeps the others", async () => {
  const secrets = await loadSecrets(folder);
  const { authSecret, ...older } = secrets;
  await writeFile(path, JSON.stringify(older));
  const loaded = await loadSecrets(folder);
  expect(loaded).toMatchObject(older);
  expect(loaded.authSecret).not.toBe(authSecret);
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual(loaded);
});

test("loadSecrets refuses a damaged file and leaves it alone", async () => {
  await writeFile(path, '{"authSecret": "short"}');
  await expect(loadSecrets(folder)).rejects.toThrow(StartProblem);
  expect(await readFile(path, "utf8")).toBe('{"authSecret": "short"}');
});
