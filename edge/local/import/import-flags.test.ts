import { expect, test } from "vitest";
import { StartProblem } from "../start-problem.ts";
import { parseImportFlags } from "./import-flags.ts";

test("reads what to import, for whom and how", () => {
  expect(parseImportFlags(["docks.JSON", "--host", "a@b.test", "--harbour", "7", "--partial"]))
    .toEqual({
      path: "docks.JSON",
      email: "a@b.test",
      format: "geojson",
      harbourId: 7,
      partial: true,
      publish: false,
      dryRun: false,
      reportPath: undefined,
      dataDir: undefined,
    });
  expect(parseImportFlags(["docks.txt", "--host", "a@b.test", "--format", "csv"])?.format)
    .toBe("csv");
  expect(parseImportFlags(["--help"])).toBeUndefined();
});

test.each([
  [["--host", "a@b.test"], "name one FILE"],
  [["a.csv", "b.csv", "--host", "a@b.test"], "name one FILE"],
  [["a.csv"], "--host must name"],
  [["a.txt", "--host", "a@b.test"], "--format must be"],
  [["a.csv", "--host", "a@b.test", "--harbour", "north"], "--harbour must be"],
  [["a.csv", "--hots", "a@b.test"], "--hots"],
])("refuses %j with exit code 2", (args, words) => {
  const run = () => parseImportFlags(args);
  expect(run).toThrow(StartProblem);
  expect(run).toThrow(words);
  expect(run).toThrow(expect.objectContaining({ exitCode: 2 }));
});
