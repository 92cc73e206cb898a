import { expect, test } from "vitest";
import { Limits } from "./limits.ts";

const LIMIT = { name: "test", takes: 5, seconds: 10 };

function takes(limits: Limits, key: string, count: number): number {
  let taken = 0;
  for (let i = 0; i < count; i++) {
    try {
      limits.take(LIMIT, key);
      taken++;
    } catch {
      break;
    }
  }
  return taken;
}

test("Limits gives as many takes as allowed, then one for each share of the time", () => {
  let nowMs = 1_000;
  const limits = new Limits(() => nowMs);
  expect(takes(limits, "ann", 9)).toBe(5);
  nowMs += 1_999;
  expect(takes(limits, "ann", 9)).toBe(0);
  nowMs += 1;
  expect(takes(limits, "ann", 9)).toBe(1);
  nowMs += 60_000;
  expect(takes(limits, "ann", 9)).toBe(5);
});

test("Limits says how many seconds to wait", () => {
  const limits = new Limits(() => 0);
  takes(limits, "ann", 5);
  expect(() => limits.take(LIMIT, "ann")).toThrow(
    expect.objectContaining({ code: "rate-limited", extra: { retryAfterSeconds: 2 } }),
  );
});

test("Limits keeps people and limits apart", () => {
  const limits = new Limits(() => 0);
  expect(takes(limits, "ann", 9)).toBe(5);
  expect(takes(limits, "ben", 9)).toBe(5);
  limits.take({ ...LIMIT, name: "other" }, "ann");
});

test("Limits is not refilled by a clock that goes back", () => {
  let nowMs = 100_000;
  const limits = new Limits(() => nowMs);
  takes(limits, "ann", 5);
  nowMs -= 50_000;
  expect(takes(limits, "ann", 9)).toBe(0);
});

test("Limits remembers the busy ones among very many", () => {
  const limits = new Limits(() => 0);
  takes(limits, "ann", 5);
  for (let i = 0; i < 19_000; i++) limits.take(LIMIT, `p${i}`);
  expect(takes(limits, "ann", 1)).toBe(0);
  for (let i = 0; i < 50_000; i++) limits.take(LIMIT, `q${i}`);
  expect(takes(limits, "ann", 9)).toBe(5);
});
