import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isSeen,
  isWithin,
  parseSnapshot,
  type Snapshot,
  snapshotBelow,
  snapshotToText,
} from "./snapshot.ts";

const XIDS = Array.from({ length: 40 }, (_, i) => i + 1);

/** As Postgres makes them: `min` is the first that runs, or else `max`. */
const snapshot: fc.Arbitrary<Snapshot> = fc.tuple(
  fc.integer({ min: 1, max: 40 }),
  fc.uniqueArray(fc.integer({ min: 1, max: 39 }), { maxLength: 5 }),
).map(([max, xids]) => {
  const running = xids.filter((xid) => xid < max);
  return { min: Math.min(max, ...running), max, running: new Set(running) };
});

const seenBy = (one: Snapshot) => XIDS.filter((xid) => isSeen(one, xid));

test("a snapshot is the same after it was written and read", () => {
  fc.assert(fc.property(snapshot, (one) => {
    expect(parseSnapshot(snapshotToText(one))).toEqual(one);
  }));
  expect(parseSnapshot("752:760:752,755").running).toEqual(new Set([752, 755]));
  for (const text of ["", "1:2", "1:2:x", "1:2:3,", "-1:2:"]) {
    expect(() => parseSnapshot(text)).toThrow(RangeError);
  }
});

test("isWithin is true where the newer one sees whatever the older one does", () => {
  fc.assert(fc.property(snapshot, snapshot, (a, b) => {
    const saw = new Set(seenBy(b));
    // The last transaction may be one that neither can have seen.
    const expected = seenBy(a).every((xid) => saw.has(xid)) && a.max <= b.max;
    expect(isWithin(a, b)).toBe(expected);
  }));
});

test("snapshotBelow sees what the snapshot sees below a transaction, and nothing from it on", () => {
  fc.assert(fc.property(snapshot, fc.integer({ min: 1, max: 40 }), (one, xid) => {
    fc.pre(xid <= one.max);
    expect(seenBy(snapshotBelow(one, xid))).toEqual(seenBy(one).filter((other) => other < xid));
  }));
});
