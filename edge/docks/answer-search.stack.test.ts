import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SearchAnswer } from "../../shared/api.ts";
import type { HostDock } from "../../shared/dock.ts";
import { dayToDate } from "../../shared/stay.ts";
import { localInstant } from "../../shared/zone.ts";
import { createTestEdge, signUp, type TestEdge } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";

const ZONE = "America/New_York";
/** A process looks at the change log again after half a second. */
const LOOK_MS = 600;
const TODAY = Math.floor(Date.now() / 86_400_000);

let edge: TestEdge;
let harbour: TestHarbour;
let dock: HostDock;
let nextDay = TODAY + 30;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  dock = await harbour.addDock({ noticeHours: 24, checkInFrom: "14:00" });
  await setRates({ EUR: 1, USD: 1 });
});
beforeEach(() => {
  nextDay += 10;
});
afterAll(() => edge.close());

async function setRates(perEuro: Record<string, number>): Promise<void> {
  await edge.sql.query("INSERT INTO exchange_rates (per_euro) VALUES ($1)", [
    JSON.stringify(perEuro),
  ]);
}

const near = ({ position: { lat, lon } }: HostDock) => `near=${lat},${lon}&radiusM=3000`;

function nights(fromDay: number, count = 2): { from: string; to: string } {
  return { from: dayToDate(fromDay), to: dayToDate(fromDay + count) };
}

function ask(query: string, tag?: string): Promise<Response> {
  const headers = tag === undefined ? {} : { "If-None-Match": tag };
  return edge.fetch(`GET /api/docks?${query}`, undefined, headers);
}

interface Asked {
  ids: number[];
  totals: (number | undefined)[];
  tag: string;
  memo: string;
  timing: string;
}

async function read(response: Response): Promise<Asked> {
  expect(response.status).toBe(200);
  const { items } = await response.json() as SearchAnswer;
  return {
    ids: items.map(({ id }) => id),
    totals: items.map(({ price }) => price?.totalMinor),
    tag: response.headers.get("ETag")!,
    memo: /dokkerr-answers; (.*)$/.exec(response.headers.get("Cache-Status") ?? "")?.[1] ?? "none",
    timing: response.headers.get("Server-Timing")!,
  };
}

/** Asks until the answer comes from memory. */
async function askToKeep(query: string): Promise<Asked> {
  const first = await read(await ask(query));
  await ask(query);
  const kept = await read(await ask(query));
  expect(kept).toEqual({ ...first, memo: "hit", timing: kept.timing });
  return kept;
}

function queryOf(stay: { from: string; to: string }): string {
  return `${near(dock)}&from=${stay.from}&to=${stay.to}`;
}

describe("an answer that is asked for again", () => {
  it("comes from memory once it has been asked for twice", async () => {
    const query = queryOf(nights(nextDay));
    const first = await read(await ask(query));
    expect(first.memo).toBe("fwd=uri-miss");
    expect(first.timing).toMatch(
      /^tiles;dur=[\d.]+, engine;dur=[\d.]+, encode;dur=[\d.]+, total;dur/,
    );
    expect((await read(await ask(query))).memo).toBe("fwd=uri-miss");
    const third = await ask(query);
    expect(third.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(third.headers.get("Cache-Control")).toBe("no-cache");
    expect(third.headers.get("Content-Type")).toBe("application/json");
    expect(third.headers.get("X-Request-Id")).toBeTruthy();
    const kept = await read(third);
    expect(kept.ids).toEqual(first.ids);
    expect(kept.timing).toMatch(/^memo;dur=[\d.]+, total;dur=[\d.]+$/);
  });

  it("says how many tiles each layer had", async () => {
    const response = await ask(queryOf(nights(nextDay, 3)));
    expect(response.headers.get("Cache-Status")).toMatch(
      /^dokkerr-memory; hit; detail="1 of 1 tiles", dokkerr-answers; fwd=uri-miss$/,
    );
  });

  it("is not sent to whoever holds it, nor searched for", async () => {
    const query = queryOf(nights(nextDay));
    const { tag } = await read(await ask(query));
    for (const expected of [/tiles;dur=[\d.]+, total/, /tiles;dur=[\d.]+, total/]) {
      const held = await ask(query, tag);
      expect(held.status).toBe(304);
      expect(held.headers.get("ETag")).toBe(tag);
      expect(held.headers.get("Server-Timing")).toMatch(expected);
      expect(held.headers.has("Content-Type")).toBe(false);
      expect(await held.text()).toBe("");
    }
    await askToKeep(query);
    const fromMemory = await ask(query, `W/"x", ${tag}`);
    expect(fromMemory.status).toBe(304);
    expect(fromMemory.headers.get("Cache-Status")).toBe("dokkerr-answers; hit");
  });

  it("has another tag when one of its docks has changed, whatever it shows of that", async () => {
    const query = queryOf(nights(nextDay));
    const kept = await askToKeep(query);
    await harbour.host.fetch(`POST /api/docks/${dock.id}/blocks`, {
      ...nights(nextDay + 300),
      note: "",
    });
    edge.clock.nowMs += LOOK_MS;
    const after = await read(await ask(query));
    expect(after.tag).not.toBe(kept.tag);
    expect(after.memo).toBe("fwd=stale");
  });
});

describe("an answer in memory is left", () => {
  it("as soon as a dock of it is booked", async () => {
    const guest = await signUp(edge, "Gil Guest");
    const stay = nights(nextDay);
    const query = queryOf(stay);
    const kept = await askToKeep(query);
    expect(kept.ids).toContain(dock.id);
    expect((await bookStay(guest, dock.id, stay)).status).toBe(201);
    edge.clock.nowMs += LOOK_MS;
    const after = await read(await ask(query, kept.tag));
    expect(after.ids).not.toContain(dock.id);
    expect(after.tag).not.toBe(kept.tag);
  });

  it("when a price is edited", async () => {
    const query = queryOf(nights(nextDay));
    const kept = await askToKeep(query);
    const edited = await harbour.host.fetch(`PATCH /api/docks/${dock.id}`, {
      rate: { ...dock.rate, minor: dock.rate.minor + 1_000 },
    }, { "If-Match": `"${dock.version}"` });
    expect(edited.status).toBe(200);
    dock = await edited.json() as HostDock;
    edge.clock.nowMs += LOOK_MS;
    const after = await read(await ask(query, kept.tag));
    expect(after.totals).toEqual(kept.totals.map((total) => total! + 2_000));
  });

  it("at midnight in the dock's zone", async () => {
    const day = nextDay;
    const tonight = await harbour.addDock({ name: "Tonight", noticeHours: 0 });
    const query = `${queryOf(nights(day))}&instant=false`;
    edge.clock.nowMs = localInstant(ZONE, day + 1, 0) - 30_000;
    expect((await askToKeep(query)).ids).toEqual([tonight.id]);
    edge.clock.nowMs += 29_999;
    expect((await read(await ask(query))).memo).toBe("hit");
    edge.clock.nowMs += 1;
    expect((await read(await ask(query))).ids).toEqual([]);
    await harbour.host.fetch(`POST /api/docks/${tonight.id}/pause`);
  });

  it("the moment that a notice is no longer kept", async () => {
    const query = queryOf(nights(nextDay));
    const lastMoment = localInstant(ZONE, nextDay, 14 * 60) - 24 * 3_600_000;
    edge.clock.nowMs = lastMoment - 1_000;
    const kept = await askToKeep(query);
    expect(kept.ids).toEqual([dock.id]);
    edge.clock.nowMs = lastMoment;
    expect((await askToKeep(query)).ids).toEqual([dock.id]);
    edge.clock.nowMs = lastMoment + 1;
    const after = await read(await ask(query, kept.tag));
    expect(after.ids).toEqual([]);
    expect(after.tag).not.toBe(kept.tag);
  });

  it("when exchange rates have changed", async () => {
    const total = (await read(await ask(queryOf(nights(nextDay))))).totals[0]!;
    const query = `${queryOf(nights(nextDay))}&maxPrice=${total + 10}&currency=EUR`;
    const kept = await askToKeep(query);
    expect(kept.ids).toEqual([dock.id]);
    await setRates({ EUR: 1, USD: 0.5 });
    edge.clock.nowMs += 6 * 60_000;
    const after = await read(await ask(query, kept.tag));
    expect(after.ids).toEqual([]);
    await setRates({ EUR: 1, USD: 1 });
    edge.clock.nowMs += 6 * 60_000;
    expect((await read(await ask(query))).ids).toEqual([dock.id]);
  });
});

it("nights far ahead hold for hours, and without nights for ever", async () => {
  const far = queryOf(nights(nextDay));
  const always = near(dock);
  const kept = [await askToKeep(far), await askToKeep(always)];
  edge.clock.nowMs += 20 * 60_000;
  expect(await read(await ask(far))).toMatchObject({ tag: kept[0]!.tag, memo: "hit" });
  expect(await read(await ask(always))).toMatchObject({ tag: kept[1]!.tag, memo: "hit" });
  // Whoever was away for long reads the log from its end: all is looked at anew, and is the same.
  edge.clock.nowMs += 5 * 86_400_000;
  const later = { memo: "fwd=stale; fwd-status=304" };
  expect(await read(await ask(far))).toMatchObject({ tag: kept[0]!.tag, ...later });
  expect(await read(await ask(always))).toMatchObject({ tag: kept[1]!.tag, ...later });
});

it("a query that is written unusually gets the same answer", async () => {
  const query = queryOf(nights(nextDay));
  const plain = await read(await ask(query));
  const odd = await read(await ask(query.replace("near=", "%6Eear=")));
  expect(odd.ids).toEqual(plain.ids);
  expect(odd.tag).toBe(plain.tag);
  const wrong = await ask(`${query}&near=1,2`);
  expect(wrong.status).toBe(422);
  const unknown = await ask(`${query}&colour=blue`);
  expect(unknown.status).toBe(422);
  expect(await unknown.json()).toMatchObject({ code: "invalid" });
});
