import { expect, test } from "vitest";
import { Circuit } from "./circuit.ts";

const fails = () => Promise.reject(new Error("away"));

test("Circuit leaves what failed alone for a while, longer each time, then probes with one", async () => {
  let nowMs = 0;
  let asked = 0;
  const circuit = new Circuit(() => nowMs);
  const ask = (work: () => Promise<unknown>) =>
    circuit.run(() => {
      asked++;
      return work();
    });
  expect(await ask(() => Promise.resolve("up"))).toBe("up");
  expect(await ask(fails)).toBeUndefined();
  expect(await ask(() => Promise.resolve("up"))).toBeUndefined();
  expect(asked).toBe(2);

  nowMs += 500;
  expect(await ask(fails)).toBeUndefined();
  expect(asked).toBe(3);
  nowMs += 500;
  expect(await ask(() => Promise.resolve("up"))).toBeUndefined();
  expect(asked).toBe(3);

  nowMs += 500;
  let answerProbe = (_: string) => {};
  const probe = new Promise<string>((resolve) => (answerProbe = resolve));
  const first = ask(() => probe);
  expect(await ask(() => Promise.resolve("second"))).toBeUndefined();
  answerProbe("back");
  expect(await first).toBe("back");
  expect(await ask(() => Promise.resolve("again"))).toBe("again");
});

test("Circuit never rests longer than ten seconds", async () => {
  let nowMs = 0;
  const circuit = new Circuit(() => nowMs);
  for (let i = 0; i < 20; i++) {
    await circuit.run(fails);
    nowMs += 10_000;
  }
  expect(await circuit.run(() => Promise.resolve("up"))).toBe("up");
});
