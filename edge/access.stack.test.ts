import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "./app.ts";
import { createPaidEdge } from "./local/paid-edge.ts";
import { signUp, type TestEdge, type TestFetch } from "./local/test-edge.ts";
import { newDock } from "./local/test-docks.ts";
import { bookStay, createTestHarbour, TEST_BOAT } from "./local/test-harbour.ts";
import { addTideStation, NEWPORT_TIDE } from "./local/test-tides.ts";
import { ACCOUNT, MATRIX, REFUSED } from "./access-matrix.fixture.ts";
import { type Actor, ACTORS, type World } from "./access-rows.fixture.ts";

/** Routes whose rows are in another suite, which brings what they need. */
const ELSEWHERE = new Map([
  ["GET /api/photos/docks/:dockId/:file", "docks/routes.stack.test.ts, with an object store"],
]);

let edge: TestEdge;
let world: World;
const askBy = new Map<Actor, TestFetch>();

beforeAll(async () => {
  edge = await createPaidEdge();
  await addTideStation(edge.sql, NEWPORT_TIDE);
  const harbour = await createTestHarbour(edge);
  const dock = await harbour.addDock();
  const [guest, stranger, removed, admin] = await Promise.all([
    signUp(edge, "Gus"),
    signUp(edge, "Stan"),
    signUp(edge, "Rea"),
    signUp(edge, "Ada", { role: "admin" }),
  ]);
  const { host } = harbour;
  askBy.set("anonymous", edge.fetch);
  for (const [actor, person] of Object.entries({ stranger, removed, guest, host, admin })) {
    askBy.set(actor as Actor, person.fetch);
  }
  const made = async (answer: Promise<Response>) => {
    const response = await answer;
    const body = await response.text();
    if (!response.ok) throw new Error(body);
    return JSON.parse(body) as { id: string; threadId: string; quote: string };
  };
  const draft = await made(host.fetch("POST /api/docks", newDock(harbour.harbour)));
  const boat = await made(guest.fetch("POST /api/boats", TEST_BOAT));
  const booking = await made(bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" }));
  const online = await harbour.addDock({ collection: "online" });
  const held = await made(bookStay(guest, online.id, { from: "2027-07-03", to: "2027-07-10" }));
  await edge.sql.query(
    `INSERT INTO thread_member (thread_id, person_id, role, removed_at)
     VALUES ($1, $2, 'guest', now())`,
    [booking.threadId, removed.id],
  );
  await made(edge.fetch("POST /api/auth/sign-up/email", ACCOUNT));
  let night = Date.UTC(2027, 10, 1);
  const nextNight = () => {
    const [from, to] = [night, night += 86_400_000];
    return { from: toDate(from), to: toDate(to) };
  };
  world = {
    dockId: dock.id,
    draftId: Number(draft.id),
    harbourId: harbour.harbour.id,
    harbour: harbour.harbour,
    bookingId: booking.id,
    heldId: held.id,
    threadId: booking.threadId,
    boatId: boat.id,
    async newBlock() {
      return (await made(host.fetch(`POST /api/docks/${dock.id}/blocks`, nextNight()))).id;
    },
    async newQuote() {
      const stay = nextNight();
      const query = new URLSearchParams({ ...stay, boatId: boat.id });
      const { quote } = await made(guest.fetch(`GET /api/docks/${dock.id}/quote?${query}`));
      return { ...stay, quote };
    },
  };
});
afterAll(() => edge.close());

function toDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

test("every route has its row, and every row its route", () => {
  const served = ROUTES.map(([method, path]) => `${method} ${path}`);
  const listed = new Set([...MATRIX.map(([route]) => route), ...ELSEWHERE.keys()]);
  expect([...listed].toSorted()).toEqual(served.toSorted());
});

describe.each(MATRIX)("%s", (route, allowed, ask) => {
  test(`is for ${allowed.length === 0 ? "nobody" : allowed.join(", ")}`, async () => {
    const [method] = route.split(" ");
    const faults: string[] = [];
    for (const actor of ACTORS) {
      const { path, body, headers } = await ask(world);
      const response = await askBy.get(actor)!(`${method} ${path}`, body, headers);
      const answer = `${response.status} ${await response.text()}`;
      const isRight = allowed.includes(actor)
        ? response.status < 500 && !REFUSED.includes(response.status)
        : REFUSED.includes(response.status) && !(actor === "anonymous" && response.status === 403);
      if (!isRight) faults.push(`${actor} asks ${method} ${path}: ${answer}`);
    }
    expect(faults).toEqual([]);
  });
});

test("nothing fails inside while everybody tries everything", () => {
  expect(edge.errors).toEqual([]);
});
