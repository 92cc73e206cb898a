import { describe, expect, it } from "vitest";
import { dayKey, formatDay } from "./message-time.ts";

const near = { today: "Today", yesterday: "Yesterday" };
// Local times: what a day is depends on where the reader is.
const now = new Date(2027, 6, 3, 9, 30).getTime();
const day = (...at: [number, number, number, number]) =>
  formatDay(new Date(...at).getTime(), now, "en-GB", near);

describe("formatDay", () => {
  it("has words for what is near, whatever the hour", () => {
    expect(day(2027, 6, 3, 0)).toBe("Today");
    expect(day(2027, 6, 2, 23)).toBe("Yesterday");
    expect(day(2027, 6, 2, 0)).toBe("Yesterday");
  });

  it("names days further back, with the year where it is another", () => {
    expect(day(2027, 5, 28, 12)).toBe("Monday 28 June");
    expect(day(2026, 11, 24, 12)).toContain("2026");
  });
});

describe("dayKey", () => {
  it("differs by the reader's day", () => {
    expect(dayKey(now)).toBe("2027-07-03");
  });
});
