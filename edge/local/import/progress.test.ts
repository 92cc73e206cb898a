import { expect, test } from "vitest";
import { createProgress } from "./progress.ts";

function watch(isTty: boolean) {
  const clock = { nowMs: 0 };
  let written = "";
  const write = (text: string) => void (written += text);
  const progress = createProgress({ isTty, write, now: () => clock.nowMs });
  return { progress, clock, written: () => written };
}

test("draws a bar where somebody looks on, and takes it away for a line", () => {
  const { progress, clock, written } = watch(true);
  clock.nowMs = 2_000;
  progress.update(0.5, 1_000);
  progress.update(0.51, 1_010);
  progress.say("writing the docks");
  const bar = `[${"#".repeat(15)}${"-".repeat(15)}] 50 %, 1,000 docks, 500 a second, 2 s left`;
  expect(written()).toBe(`\r\x1b[2K${bar}\r\x1b[2Kwriting the docks\n`);
});

test("writes a line at each tenth where nobody does", () => {
  const { progress, clock, written } = watch(false);
  for (let i = 0; i <= 100; i++) {
    clock.nowMs = i * 10;
    progress.update(i / 100, i * 10);
  }
  progress.end();
  expect(written().split("\n")).toHaveLength(11);
  expect(written()).toMatch(/^Reading: 10 %, 100 docks, 1,000 a second, 1 s left\n/);
});
