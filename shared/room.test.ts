import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogEntry, Message, ServerFrame } from "./chat.ts";
import { entryToFrame, SYNC_LIMIT } from "./chat.ts";
import {
  addEntries,
  applyRead,
  applyVersion,
  emptyLog,
  lastSeq,
  logChanges,
  logToMessages,
  missingAfter,
  NO_BOOKING,
  NO_THREAD,
  reduceBooking,
  reduceThread,
  reduceWater,
  TAIL_ENTRIES,
  typingAt,
  withChanges,
} from "./room.ts";

function entry(seq: number, clientId = `c${seq}`): LogEntry {
  return {
    kind: "message",
    seq,
    id: `id-${seq}`,
    clientId,
    senderId: "u1",
    text: `text ${seq}`,
    sentAt: "2027-07-03T10:00:00.000Z",
  };
}

function entries(from: number, to: number): LogEntry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
}

function welcome(epoch: number, seq: number): ServerFrame {
  return { type: "welcome", protocol: 1, epoch, seq, members: [], state: { reads: {} } };
}

describe("addEntries", () => {
  test("any order, any repeats, any batches end the same", () => {
    const plan = fc.integer({ min: 1, max: 40 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        arrivals: fc.shuffledSubarray(entries(1, count), { minLength: count }),
        repeats: fc.array(fc.integer({ min: 1, max: count })),
        batch: fc.integer({ min: 1, max: 7 }),
      })
    );
    fc.assert(fc.property(plan, ({ count, arrivals, repeats, batch }) => {
      const all = [...repeats.slice(0, 5).map((seq) => entry(seq)), ...arrivals];
      for (const seq of repeats) all.push(entry(seq));
      let log = emptyLog(1, 0);
      for (let i = 0; i < all.length; i += batch) log = addEntries(log, all.slice(i, i + batch));
      expect(log.entries.map(({ seq }) => seq)).toEqual(entries(1, count).map(({ seq }) => seq));
      expect(log.ahead).toEqual([]);
      expect(missingAfter(log, count)).toBeUndefined();
    }));
  });

  test("a hole stays open, is named, and what lies beyond it waits", () => {
    fc.assert(fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
      (seqs) => {
        const log = addEntries(emptyLog(1, 0), seqs.map((seq) => entry(seq)));
        const first = entries(1, 61).find(({ seq }) => !seqs.includes(seq))!.seq;
        const head = Math.max(...seqs);
        expect(lastSeq(log)).toBe(first - 1);
        expect(log.ahead.map(({ seq }) => seq)).toEqual(
          seqs.filter((seq) => seq > first).toSorted((a, b) => a - b),
        );
        expect(missingAfter(log, head)).toBe(head < first ? undefined : first - 1);
      },
    ));
  });

  test("the first entry of a seq stays, what is at or below base is passed over", () => {
    const log = addEntries(emptyLog(1, 5), [entry(5), entry(6), entry(6, "other")]);
    expect(log.entries.map(({ clientId }) => clientId)).toEqual(["c6"]);
    expect(addEntries(log, [entry(6)])).toBe(log);
  });
});

test("logToMessages shows each sender's message once, the first", () => {
  const log = addEntries(emptyLog(1, 0), [entry(1, "a"), entry(2, "b"), entry(3, "a")]);
  expect(logToMessages(log).map(({ seq }) => seq)).toEqual([1, 2]);
});

test("applyRead only rises and never beyond the head", () => {
  fc.assert(fc.property(fc.array(fc.nat(100)), fc.nat(60), (marks, head) => {
    let reads: Record<string, number> = {};
    for (const seq of marks) {
      const next = applyRead(reads, "u1", seq, head);
      expect(next["u1"] ?? 0).toBeGreaterThanOrEqual(reads["u1"] ?? 0);
      reads = next;
    }
    expect(reads["u1"] ?? 0).toBe(Math.min(head, Math.max(0, ...marks)));
  }));
});

test("a booking's state is the highest version, in whatever order and number frames come", () => {
  const frame = fc.integer({ min: 1, max: 20 }).chain((version) =>
    fc.constantFrom<ServerFrame>(
      { type: "booking", version, status: `s${version}` },
      {
        type: "welcome",
        protocol: 1,
        epoch: 0,
        seq: version,
        members: [],
        state: { booking: { version, status: `s${version}` }, payment: null },
      },
    )
  );
  fc.assert(fc.property(fc.array(frame, { minLength: 1 }), (frames) => {
    let state = NO_BOOKING;
    let version = 0;
    for (const next of frames) {
      state = reduceBooking(state, next);
      expect(state.booking!.version).toBeGreaterThanOrEqual(version);
      version = state.booking!.version;
      expect(state.booking!.status).toBe(`s${version}`);
    }
  }));
  const current = { version: 3 };
  expect(applyVersion(current, { version: 3 })).toBe(current);
});

describe("reduceThread", () => {
  test("begins with the tail, goes on in the same epoch, begins anew in another", () => {
    const first = reduceThread(NO_THREAD, welcome(1, 200), 0);
    expect(first.log).toEqual(emptyLog(1, 200 - TAIL_ENTRIES));
    let state = entries(151, 200).reduce((s, e) => reduceThread(s, entryToFrame(e), 0), first);
    expect(lastSeq(state.log!)).toBe(200);
    state = reduceThread(state, welcome(1, 230), 0);
    expect(missingAfter(state.log!, state.head)).toBe(200);
    expect(reduceThread(state, welcome(2, 230), 0).log).toEqual(emptyLog(2, 180));
    expect(reduceThread(state, welcome(1, 190), 0).log).toEqual(emptyLog(1, 140));
    expect(reduceThread(state, welcome(1, 201 + SYNC_LIMIT), 0).log!.base).toBeGreaterThan(200);
  });

  test("typing is believed until it expires or their message arrives", () => {
    let state = reduceThread(NO_THREAD, welcome(1, 0), 0);
    state = reduceThread(state, { type: "typing", userId: "u1" }, 1_000);
    expect(typingAt(state, 2_000)).toEqual(["u1"]);
    expect(typingAt(state, 60_000)).toEqual([]);
    expect(typingAt(reduceThread(state, entryToFrame(entry(1)), 2_000), 2_000)).toEqual([]);
  });

  test("over a network that drops, repeats and reorders, syncs end with the room's own log", () => {
    // What a client sees of a room: live entries, of which some are lost, repeated or overtaken;
    // now and then it reconnects and asks for what it misses.
    const step = fc.oneof(
      fc.record({ do: fc.constant("send" as const), isLost: fc.boolean() }),
      fc.record({ do: fc.constant("repeat" as const), back: fc.nat(5) }),
      fc.record({ do: fc.constant("reconnect" as const) }),
    );
    fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      let room = emptyLog(1, 0);
      let gaps = 0;
      let client = reduceThread(NO_THREAD, welcome(1, 0), 0);
      const receive = (frame: ServerFrame) => client = reduceThread(client, frame, 0);
      const sync = () => {
        const after = missingAfter(client.log!, client.head);
        if (after === undefined) return;
        for (const e of room.entries) if (e.seq > after) receive(entryToFrame(e));
        receive({ type: "synced", after, seq: lastSeq(room), head: lastSeq(room) });
      };
      for (const next of steps) {
        if (next.do === "send") {
          const e = entry(lastSeq(room) + 1);
          room = addEntries(room, [e]);
          if (!next.isLost) receive(entryToFrame(e));
        } else if (next.do === "repeat") {
          const e = room.entries.at(-1 - next.back);
          if (e !== undefined) receive(entryToFrame(e));
        } else {
          receive(welcome(1, lastSeq(room)));
          sync();
          gaps += lastSeq(room) - lastSeq(client.log!);
        }
      }
      expect(gaps).toBe(0);
      receive({ type: "pong", seq: lastSeq(room) });
      sync();
      expect(client.log!.entries).toEqual(room.entries);
    }));
  });
});

describe("edits and deletions", () => {
  const edit = (seq: number, target: number, text: string, senderId = "u1"): LogEntry => ({
    ...entry(seq),
    senderId,
    kind: "edit",
    target,
    targetId: `id-${target}`,
    text,
  });
  const removal = (seq: number, target: number): LogEntry => {
    const { text: _, ...rest } = { ...entry(seq), text: "" };
    return { ...rest, kind: "delete", target, targetId: `id-${target}` };
  };

  /** A log in which most entries are changes of what is before them. */
  const logs = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat()), {
    minLength: 1,
    maxLength: 40,
  }).map((steps) =>
    steps.map(([kind, pick], i) => {
      const seq = i + 1;
      const target = 1 + pick % seq;
      if (kind < 5 || target === seq) return entry(seq);
      return kind < 9 ? edit(seq, target, `edit ${seq}`) : removal(seq, target);
    })
  );

  test("show the same whatever order the log came in, and wherever its parts were read", () => {
    fc.assert(fc.property(logs, fc.nat(), fc.infiniteStream(fc.nat()), (all, cut, random) => {
      const whole = logToMessages(addEntries(emptyLog(1, 0), all));
      const shuffled = all.map((one) => [random.next().value as number, one] as const)
        .toSorted(([a], [b]) => a - b).map(([, one]) => one);
      let log = emptyLog(1, 0);
      for (const one of shuffled) log = addEntries(log, [one]);
      expect(logToMessages(log)).toEqual(whole);
      // The older part from the API as it once was, the newer from the room.
      const base = cut % all.length;
      const older = logToMessages(addEntries(emptyLog(1, 0), all.slice(0, base)));
      const live = addEntries(emptyLog(1, base), all.slice(base));
      expect([...withChanges(older, logChanges(live)), ...logToMessages(live)]).toEqual(whole);
    }));
  });

  test("leave nothing of a deleted message, whatever is said of it later", () => {
    const photo = { id: "p", url: "/p", width: 1, height: 1 };
    const all = [{ ...entry(1), photo }, edit(2, 1, "better"), removal(3, 1), edit(4, 1, "back")];
    const [message] = logToMessages(addEntries(emptyLog(1, 0), all as LogEntry[]));
    const { text: _, ...place } = entry(1) as Message & { kind?: string };
    delete place.kind;
    expect(message).toEqual({ ...place, text: "", deleted: true });
  });

  test("are one's own: another's edit, or one of another numbering, changes nothing", () => {
    const foreign = edit(2, 1, "not yours", "u2");
    const stale = { ...edit(3, 1, "another numbering"), targetId: "id-of-another" };
    const log = addEntries(emptyLog(1, 0), [entry(1), foreign, stale]);
    expect(logToMessages(log)[0]).toMatchObject({ text: "text 1" });
  });
});

describe("reduceWater", () => {
  const water = (seq: number, ...versions: number[]): ServerFrame => ({
    type: "water",
    seq,
    changes: versions.map((version) => ({ dockId: 7, version, what: "changed" })),
  });
  const begun = { epoch: 1, seq: 5 };

  test("brings each change once", () => {
    expect(reduceWater(null, welcome(1, 5))).toEqual({ state: begun, news: [], isLost: false });
    expect(reduceWater(begun, water(5, 4, 5)).news).toEqual([]);
    const next = reduceWater(begun, water(7, 5, 6, 7));
    expect(next.news.map(({ version }) => version)).toEqual([6, 7]);
    expect(next.state).toEqual({ epoch: 1, seq: 7 });
  });

  test("says what is lost: a gap, another numbering, a room behind", () => {
    expect(reduceWater(begun, water(9, 9))).toMatchObject({ isLost: true, state: { seq: 9 } });
    expect(reduceWater(begun, welcome(2, 8))).toMatchObject({ isLost: true, state: { epoch: 2 } });
    expect(reduceWater(begun, welcome(1, 3))).toMatchObject({ isLost: true });
    expect(reduceWater(begun, welcome(1, 6))).toEqual({ state: begun, news: [], isLost: false });
  });
});
