import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BOOKING_MOVES } from "../../shared/booking.ts";
import { CANCELLATION_TIERS, refundMinor, refundPercent } from "../../shared/cancellation.ts";
import type { Closure } from "../../shared/dock.ts";
import { dateToDay, dayToDate } from "../../shared/stay.ts";
import { stayFault } from "../../shared/stay-terms.ts";
import { createZoneClock } from "../../shared/zone.ts";
import { createTestDocks, type TestDocks } from "../local/test-docks.ts";

let docks: TestDocks;
beforeAll(async () => {
  docks = await createTestDocks();
});
afterAll(() => docks.end());

it("booking_move has the rows of BOOKING_MOVES, and no other", async () => {
  const rows = await docks.sql.query(
    "SELECT move, from_status, to_status, role, refund FROM booking_move",
  );
  const table = BOOKING_MOVES.flatMap(({ move, from, to, by, refund }) =>
    from.flatMap((status) =>
      by.map((role) => ({ move, from_status: status, to_status: to, role, refund }))
    )
  );
  const sorted = (list: unknown[]) => list.map((row) => JSON.stringify(row)).toSorted();
  expect(sorted(rows)).toEqual(sorted(table));
});

it("cancellation_tiers has CANCELLATION_TIERS, and counts as refundMinor does", async () => {
  const policies = Object.keys(CANCELLATION_TIERS) as (keyof typeof CANCELLATION_TIERS)[];
  const rows = await docks.sql.query<{ policy: string; tiers: unknown }>(
    "SELECT policy, cancellation_tiers(policy) AS tiers FROM unnest($1::text[]) AS policy",
    [policies],
  );
  expect(Object.fromEntries(rows.map(({ policy, tiers }) => [policy, tiers])))
    .toEqual(CANCELLATION_TIERS);
  const checkInMs = Date.parse("2027-03-28T12:00:00Z");
  const cases = fc.sample(
    fc.tuple(fc.constantFrom(...policies), fc.integer({ min: -48, max: 400 }), fc.nat(10_000_000)),
    200,
  );
  for (const policy of policies) {
    for (const { hours } of CANCELLATION_TIERS[policy]) cases.push([policy, hours, 1_001]);
  }
  const counted = await docks.sql.query<{ percent: number; back: number }>(
    `SELECT percent, round(total / 100.0 * percent)::bigint AS back
     FROM jsonb_to_recordset($1) AS c (policy text, hours int, total bigint),
       LATERAL policy_percent(cancellation_tiers(policy), $2::timestamptz,
         $2::timestamptz - make_interval(hours => hours)) AS percent`,
    [
      JSON.stringify(cases.map(([policy, hours, total]) => ({ policy, hours, total }))),
      new Date(checkInMs).toISOString(),
    ],
  );
  expect(counted).toEqual(cases.map(([policy, hours, total]) => {
    const nowMs = checkInMs - hours * 3_600_000;
    const tiers = CANCELLATION_TIERS[policy];
    return {
      percent: refundPercent(tiers, checkInMs, nowMs),
      back: refundMinor(total, tiers, checkInMs, nowMs),
    };
  }));
});

it("closed_nights closes the nights that stayFault refuses", async () => {
  const monthDay = fc.constantFrom("01-01", "02-28", "02-29", "03-01", "06-15", "10-31", "12-31");
  const cases = fc.sample(
    fc.record({
      closures: fc.array(fc.record({ from: monthDay, to: monthDay }), { maxLength: 3 }),
      from: fc.integer({ min: dateToDay("2027-01-01"), max: dateToDay("2029-01-10") }),
      nights: fc.integer({ min: 1, max: 20 }),
    }),
    300,
  );
  const rows = await docks.sql.query<{ closed: boolean }>(
    `SELECT NOT isempty(closed_nights(c.closures, daterange(c.from_day, c.to_day))) AS closed
     FROM jsonb_to_recordset($1) AS c (closures jsonb, from_day date, to_day date)`,
    [JSON.stringify(cases.map(({ closures, from, nights }) => ({
      closures,
      from_day: dayToDate(from),
      to_day: dayToDate(from + nights),
    })))],
  );
  const clock = createZoneClock(Date.parse("2026-12-01T00:00:00Z"));
  const terms = (closures: Closure[]) => ({
    timeZone: "UTC",
    minNights: 1,
    maxNights: 90,
    noticeHours: 0,
    windowDays: 10_000,
    checkInFrom: "14:00",
    closures,
  });
  const judged = cases.map(({ closures, from, nights }) =>
    stayFault(terms(closures), from, from + nights, clock) === "closed"
  );
  expect(rows.map(({ closed }) => closed)).toEqual(judged);
  expect(new Set(judged).size).toBe(2);
});
