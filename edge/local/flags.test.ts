import { expect, test } from "vitest";
import { parseFlags } from "./flags.ts";
import { StartProblem } from "./start-problem.ts";

test("parseFlags reads every option, and has a default for each", () => {
  expect(parseFlags([])).toEqual({
    fresh: false,
    port: 8787,
    realtimePort: 1999,
    webPort: 5173,
    dataDir: ".dokkerr",
    docks: 20_000,
    help: false,
  });
  expect(
    parseFlags([
      "--fresh",
      "--port",
      "9000",
      "--realtime-port=9001",
      "--web-port",
      "9002",
      "--data",
      "/x",
      "--docks=0",
    ]),
  ).toEqual({
    fresh: true,
    port: 9000,
    realtimePort: 9001,
    webPort: 9002,
    dataDir: "/x",
    docks: 0,
    help: false,
  });
});

test.each([
  [["--bogus"], 'no option "--bogus"'],
  [["--fresh", "here"], 'no option "here"'],
  [["--port"], "--port needs a value"],
  [["--data", "--fresh"], "--data needs a value"],
  [["--data", ""], "--data must not be empty"],
  [["--port", "0"], "--port must be a port"],
  [["--port", "70000"], "--port must be a whole number up to 65535"],
  [["--realtime-port", "1e3"], "--realtime-port must be a whole number"],
  [["--docks=-1"], "--docks must be a whole number"],
])("parseFlags refuses %j in a sentence", (args, sentence) => {
  const read = () => parseFlags(args);
  expect(read).toThrow(StartProblem);
  expect(read).toThrow(sentence);
  expect(read).toThrow(expect.objectContaining({ exitCode: 2 }));
});
