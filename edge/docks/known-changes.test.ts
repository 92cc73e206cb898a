import { describe, expect, test } from "vitest";
import { applyDelta } from "../../shared/tile-delta.ts";
import { tileDock, toTile } from "../../shared/tile-dock.fixture.ts";
import type { DockChange } from "./change-log-queries.ts";
import { KnownChanges, type LeafCopy } from "./known-changes.ts";
import { createLeafDirectory } from "./leaf-directory.ts";
import { parseSnapshot } from "./snapshot.ts";

const WEST = "0".padEnd(21, "0");
const EAST = "1".padEnd(21, "0");
const DIRECTORY = createLeafDirectory(
  1,
  ["0", "1", "2", "3"].map((quadkey) => ({ quadkey, docks: 2 })),
);

/** All below a transaction has ended. */
const below = (xid: number) => parseSnapshot(`${xid}:${xid}:`);

function change(xid: number, values: Partial<DockChange> = {}): DockChange {
  return { dockId: 7, version: xid, cell: WEST, cellBefore: null, xid, isNights: true, ...values };
}

/** Changes 10, 11, …, each read as a part of its own, a second apart. */
function knownOf(...changes: DockChange[]): KnownChanges {
  const known = new KnownChanges(DIRECTORY, below(10));
  for (const one of changes) add(known, one);
  return known;
}

function add(known: KnownChanges, one: DockChange): DockChange[] {
  const until = below(one.xid + 1);
  const part = { since: known.until, until, directoryVersion: 1, changes: [one] };
  return known.add(part, one.xid * 1_000);
}

/** A leaf with docks 7 and 9 at their versions, read before a transaction. */
function copyAt(xid: number, versions = { 7: xid - 1, 9: 1 }, quadkey = "0"): LeafCopy {
  const docks = [7, 9].map((id) => tileDock({ id, version: versions[id as 7 | 9] }));
  return { pages: [toTile(docks, { quadkey })], snapshot: below(xid) };
}

describe("KnownChanges", () => {
  test("names the docks whose nights a copy lacks, and only those", () => {
    const known = knownOf(change(10), change(11, { dockId: 9 }), change(12));
    expect(known.missing(copyAt(10))).toEqual([7, 9]);
    expect(known.missing(copyAt(12, { 7: 10, 9: 11 }))).toEqual([7]);
    expect(known.missing(copyAt(13))).toEqual([]);
    expect(known.missing(copyAt(10, undefined, "1"))).toEqual([]);
  });

  test("takes what was told to a tile for what it knows, whatever it was read by", () => {
    const known = knownOf(change(10));
    const copy = copyAt(10);
    const told = applyDelta(copy.pages[0]!, { what: "nights", id: 7, version: 10, occupied: [] })!;
    expect(known.missing({ ...copy, pages: [told] })).toEqual([]);
  });

  test("has a leaf read anew where more than nights has changed", () => {
    const known = knownOf(change(10, { isNights: false }), change(11));
    expect(known.missing(copyAt(10))).toBeUndefined();
    expect(known.missing(copyAt(11))).toEqual([7]);
    // What has left, or was never on sale here, has no nights to show.
    expect(known.missing(copyAt(11, { 7: 1, 9: 1 }))).toEqual([7]);
    const gone = { pages: [toTile([], { quadkey: "0" })], snapshot: below(11) };
    expect(known.missing(gone)).toEqual([]);
  });

  test("tells both leaves of a dock that was moved", () => {
    const known = knownOf(change(10, { cell: EAST, cellBefore: WEST, isNights: false }));
    expect(known.missing(copyAt(10))).toBeUndefined();
    expect(known.missing(copyAt(10, undefined, "1"))).toBeUndefined();
    expect(known.missing(copyAt(10, undefined, "2"))).toEqual([]);
  });

  test("hears of a change once, also where a part begins before what is known", () => {
    const known = knownOf(change(10), change(12));
    const again = { since: below(10), until: below(14), directoryVersion: 1 };
    expect(known.add({ ...again, changes: [change(12), change(13)] }, 0)).toEqual([change(13)]);
    expect(known.until).toEqual(below(14));
  });

  test("judges no copy that may lack what it does not know or has forgotten", () => {
    const known = knownOf(change(10), change(11), change(12));
    expect(known.canJudge(copyAt(10))).toBe(true);
    expect(known.canJudge(copyAt(9))).toBe(false);
    expect(known.canJudge(copyAt(10, undefined, "01"))).toBe(false);
    expect(known.canJudge({ pages: [], snapshot: below(10) })).toBe(false);
    known.forget(11_000, 100, () => {});
    expect(known.canJudge(copyAt(10))).toBe(false);
    expect(known.canJudge(copyAt(11))).toBe(true);
    // Seen by the log while it still ran where the copy was read.
    expect(known.canJudge({ ...copyAt(20), snapshot: parseSnapshot("9:20:9") })).toBe(false);
  });

  test("says which leaves' changes it forgets, while it can still be asked about them", () => {
    const known = knownOf(change(10), change(11, { cell: EAST, dockId: 8 }), change(12));
    const told: string[][] = [];
    const ask = (leaves: Set<string>) => {
      told.push([...leaves]);
      expect(known.missing(copyAt(10))).toEqual([7]);
    };
    known.forget(10_000, 100, ask);
    expect(told).toEqual([]);
    known.forget(11_000, 100, ask);
    // Its later change is known still.
    expect(known.missing(copyAt(10))).toEqual([7]);
    known.forget(0, 1, ask);
    expect(told).toEqual([["0"], ["1"]]);
    expect(known.missing(copyAt(10))).toEqual([7]);
    known.forget(Infinity, 100, ask);
    expect(known.missing(copyAt(10))).toEqual([]);
    expect(known.until).toEqual(below(13));
  });

  test("shows the newest changes with the snapshot that they begin at", () => {
    const known = knownOf(change(10), change(11), change(12));
    expect(known.newest(2)).toEqual({
      since: below(11),
      until: below(13),
      changes: [change(11), change(12)],
    });
    expect(known.newest(0)).toEqual({ since: below(13), until: below(13), changes: [] });
    expect(known.newest(100).since).toEqual(below(10));
    known.add({ since: below(13), until: below(20), directoryVersion: 1, changes: [] }, 0);
    expect(known.newest(1)).toEqual({ since: below(12), until: below(20), changes: [change(12)] });
    expect(new KnownChanges(DIRECTORY, below(5)).newest(9))
      .toEqual({ since: below(5), until: below(5), changes: [] });
  });

  test("finds its changes again in the leaves of another directory", () => {
    const known = knownOf(change(10));
    known.rekey(createLeafDirectory(2, [{ quadkey: "", docks: 8 }]));
    expect(known.missing(copyAt(10, undefined, ""))).toEqual([7]);
    expect(known.missing(copyAt(10))).toEqual([]);
  });
});
