import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { uuidV7 } from "../shared/ids.ts";
import { ROOT_NAME } from "../shared/quadkey.ts";
import { ROUTES } from "./app.ts";
import { createTestEdge, signUp, type TestEdge, type TestFetch } from "./local/test-edge.ts";
import { newDock, newHarbour } from "./local/test-docks.ts";
import { bookStay, createTestHarbour, TEST_BOAT } from "./local/test-harbour.ts";
import { addTideStation, NEWPORT_TIDE } from "./local/test-tides.ts";

/** `removed` was in the thread once; `guest` has the booking, the thread and the boat. */
const ACTORS = ["anonymous", "stranger", "removed", "guest", "host", "admin"] as const;
type Actor = (typeof ACTORS)[number];

const ALL = ACTORS;
const SIGNED_IN: readonly Actor[] = ["stranger", "removed", "guest", "host", "admin"];
const NOBODY: readonly Actor[] = [];

/** What there is to see or to do. */
interface World {
  dockId: number;
  draftId: number;
  harbourId: number;
  harbour: Parameters<typeof newDock>[0];
  bookingId: string;
  threadId: string;
  boatId: string;
  /** Blocks another night of the dock. */
  newBlock: () => Promise<string>;
  /** A quote for the guest's boat, for another night. */
  newQuote: () => Promise<{ quote: string; from: string; to: string }>;
}

interface Ask {
  path: string;
  body?: object;
  headers?: Record<string, string>;
}

type Row = readonly [
  route: string,
  allowed: readonly Actor[],
  ask: (world: World) => Ask | Promise<Ask>,
];

const REFUSED = [401, 403, 404];
const STALE = { "If-Match": '"999999"' };
const at = (path: string, more: Omit<Ask, "path"> = {}): Ask => ({ path, ...more });
const ACCOUNT = { name: "Zoe", email: "zoe@dokkerr.test", password: "a good password" };
const unused = () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

const MANAGERS = ["host", "admin"] as const;
const PARTIES = ["guest", "host", "admin"] as const;
const MEMBERS = ["guest", "host"] as const;

/**
 * Who gets past the door of each route, for a thing that is not theirs where it is somebody's. What
 * an ask then meets inside (a stale version, a state) is other tests' matter.
 */
const MATRIX: readonly Row[] = [
  ["GET /api/docks", ALL, () => at("/api/docks?near=41,-71&radiusM=1000")],
  ["GET /api/docks", SIGNED_IN, () => at("/api/docks?host=me")],
  ["GET /api/docks/tiles", ALL, () => at("/api/docks/tiles?near=41,-71&radiusM=1000")],
  ["GET /api/docks/tiles/:quadkey", ALL, () => at(`/api/docks/tiles/${ROOT_NAME}`)],
  ["GET /api/places", ALL, () => at("/api/places?q=new")],

  ["POST /api/docks", MANAGERS, ({ harbour }) => at("/api/docks", { body: newDock(harbour) })],
  ["GET /api/docks/:id", ALL, ({ dockId }) => at(`/api/docks/${dockId}`)],
  ["GET /api/docks/:id", MANAGERS, ({ draftId }) => at(`/api/docks/${draftId}`)],
  [
    "PATCH /api/docks/:id",
    MANAGERS,
    ({ dockId }) => at(`/api/docks/${dockId}`, { body: { name: "Mine now" }, headers: STALE }),
  ],
  [
    "POST /api/docks/:id/publish",
    MANAGERS,
    ({ dockId }) => at(`/api/docks/${dockId}/publish`, { headers: STALE }),
  ],
  [
    "POST /api/docks/:id/pause",
    MANAGERS,
    ({ dockId }) => at(`/api/docks/${dockId}/pause`, { headers: STALE }),
  ],
  [
    "GET /api/docks/:id/availability",
    ALL,
    ({ dockId }) => at(`/api/docks/${dockId}/availability?from=2027-07-01&to=2027-07-09`),
  ],
  [
    "GET /api/docks/:id/availability",
    MANAGERS,
    ({ draftId }) => at(`/api/docks/${draftId}/availability?from=2027-07-01&to=2027-07-09`),
  ],
  [
    "GET /api/docks/:id/quote",
    ALL,
    ({ dockId }) => at(`/api/docks/${dockId}/quote?from=2027-07-03&to=2027-07-05&loaCm=1000`),
  ],
  [
    "GET /api/docks/:id/quote",
    ["guest"],
    ({ dockId, boatId }) =>
      at(`/api/docks/${dockId}/quote?from=2027-07-03&to=2027-07-05&boatId=${boatId}`),
  ],
  [
    "GET /api/docks/:id/quote",
    NOBODY,
    ({ draftId }) => at(`/api/docks/${draftId}/quote?from=2027-07-03&to=2027-07-05&loaCm=1000`),
  ],
  [
    "GET /api/docks/:id/tide",
    ALL,
    ({ dockId }) => at(`/api/docks/${dockId}/tide?from=2027-07-03&to=2027-07-05`),
  ],
  [
    "GET /api/docks/:id/tide",
    MANAGERS,
    ({ draftId }) => at(`/api/docks/${draftId}/tide?from=2027-07-03&to=2027-07-05`),
  ],
  ["GET /api/docks/:id/reviews", ALL, ({ dockId }) => at(`/api/docks/${dockId}/reviews`)],
  [
    "POST /api/docks/:id/blocks",
    MANAGERS,
    ({ dockId }) =>
      at(`/api/docks/${dockId}/blocks`, { body: { from: "2027-10-01", to: "2027-10-03" } }),
  ],
  ["GET /api/docks/:id/blocks", MANAGERS, ({ dockId }) => at(`/api/docks/${dockId}/blocks`)],
  [
    "DELETE /api/docks/:id/blocks/:blockId",
    MANAGERS,
    async ({ dockId, newBlock }) => at(`/api/docks/${dockId}/blocks/${await newBlock()}`),
  ],
  ["POST /api/docks/:id/photos", MANAGERS, ({ dockId }) =>
    at(`/api/docks/${dockId}/photos`, {
      body: { contentType: "image/png", width: 640, height: 480, bytes: 1_000 },
    })],
  [
    "POST /api/docks/:id/photos/:photoId/show",
    NOBODY,
    ({ dockId }) => at(`/api/docks/${dockId}/photos/${unused()}/show`),
  ],
  [
    "DELETE /api/docks/:id/photos/:photoId",
    NOBODY,
    ({ dockId }) => at(`/api/docks/${dockId}/photos/${unused()}`),
  ],

  ["POST /api/harbours", SIGNED_IN, () => at("/api/harbours", { body: newHarbour() })],
  ["GET /api/harbours", SIGNED_IN, () => at("/api/harbours?mine=true")],
  ["GET /api/harbours/:id", ALL, ({ harbourId }) => at(`/api/harbours/${harbourId}`)],
  [
    "PATCH /api/harbours/:id",
    MANAGERS,
    ({ harbourId }) =>
      at(`/api/harbours/${harbourId}`, { body: { name: "Mine now" }, headers: STALE }),
  ],
  ["GET /api/harbours/:id/docks", ALL, ({ harbourId }) => at(`/api/harbours/${harbourId}/docks`)],

  ["POST /api/bookings", SIGNED_IN, ({ dockId }) =>
    at("/api/bookings", {
      body: { dockId, from: "2027-09-01", to: "2027-09-03", boat: TEST_BOAT, quote: "forged" },
      headers: { "Idempotency-Key": unused() },
    })],
  ["POST /api/bookings", ["guest"], async ({ dockId, boatId, newQuote }) =>
    at("/api/bookings", {
      body: { dockId, boatId, ...(await newQuote()) },
      headers: { "Idempotency-Key": unused() },
    })],
  ["GET /api/bookings", SIGNED_IN, () => at("/api/bookings")],
  ["GET /api/bookings/:id", PARTIES, ({ bookingId }) => at(`/api/bookings/${bookingId}`)],
  ...(["accept", "decline"] as const).map((move): Row => [
    `POST /api/bookings/:id/${move}`,
    MANAGERS,
    ({ bookingId }) => at(`/api/bookings/${bookingId}/${move}`, { headers: STALE }),
  ]),
  ...(["cancel", "check-in", "check-out"] as const).map((move): Row => [
    `POST /api/bookings/:id/${move}`,
    PARTIES,
    ({ bookingId }) => at(`/api/bookings/${bookingId}/${move}`, { headers: STALE }),
  ]),

  [
    "POST /api/threads",
    ["stranger", "removed", "guest", "admin"],
    ({ dockId }) => at("/api/threads", { body: { dockId } }),
  ],
  ["GET /api/threads", SIGNED_IN, () => at("/api/threads")],
  ["GET /api/threads/:id", MEMBERS, ({ threadId }) => at(`/api/threads/${threadId}`)],
  [
    "GET /api/threads/:id/messages",
    MEMBERS,
    ({ threadId }) => at(`/api/threads/${threadId}/messages`),
  ],
  [
    "POST /api/threads/:id/messages",
    MEMBERS,
    ({ threadId }) => at(`/api/threads/${threadId}/messages`, { body: { text: "hello" } }),
  ],
  [
    "POST /api/realtime/tickets",
    MEMBERS,
    ({ threadId }) => at("/api/realtime/tickets", { body: { room: `thread:${threadId}` } }),
  ],
  [
    "POST /api/realtime/tickets",
    MEMBERS,
    ({ bookingId }) => at("/api/realtime/tickets", { body: { room: `booking:${bookingId}` } }),
  ],
  [
    "POST /api/realtime/tickets",
    SIGNED_IN,
    () => at("/api/realtime/tickets", { body: { room: "inbox:me" } }),
  ],
  [
    "POST /api/realtime/tickets",
    NOBODY,
    () => at("/api/realtime/tickets", { body: { room: `inbox:${unused()}` } }),
  ],

  ["GET /internal/threads/:id", NOBODY, ({ threadId }) => at(`/internal/threads/${threadId}`)],
  [
    "POST /internal/threads/:id/claim",
    NOBODY,
    ({ threadId }) => at(`/internal/threads/${threadId}/claim`, { body: {} }),
  ],
  [
    "POST /internal/threads/:id/log",
    NOBODY,
    ({ threadId }) =>
      at(`/internal/threads/${threadId}/log`, { body: { epoch: 1, entries: [], reads: {} } }),
  ],
  [
    "GET /internal/threads/:id/log",
    NOBODY,
    ({ threadId }) => at(`/internal/threads/${threadId}/log?after=0&limit=10`),
  ],
  ["GET /internal/bookings/:id", NOBODY, ({ bookingId }) => at(`/internal/bookings/${bookingId}`)],
  ["POST /internal/tick", NOBODY, () => at("/internal/tick", { body: {} })],

  ["GET /api/me", SIGNED_IN, () => at("/api/me")],
  ["GET /api/boats", SIGNED_IN, () => at("/api/boats")],
  ["POST /api/boats", SIGNED_IN, () => at("/api/boats", { body: TEST_BOAT })],
  ["GET /api/boats/:id", ["guest"], ({ boatId }) => at(`/api/boats/${boatId}`)],
  [
    "PATCH /api/boats/:id",
    ["guest"],
    ({ boatId }) => at(`/api/boats/${boatId}`, { body: { name: "Mine now" }, headers: STALE }),
  ],
  [
    "DELETE /api/boats/:id",
    ["guest"],
    ({ boatId }) => at(`/api/boats/${boatId}`, { headers: STALE }),
  ],

  ["GET /api/openapi.json", ALL, () => at("/api/openapi.json")],
  ["GET /api/reference", ALL, () => at("/api/reference")],
  ["GET /healthz", ALL, () => at("/healthz")],
  ["GET /readyz", ALL, () => at("/readyz")],
  ["GET /metrics", ALL, () => at("/metrics")],

  [
    "POST /api/auth/sign-up/email",
    ALL,
    () =>
      at("/api/auth/sign-up/email", { body: { ...ACCOUNT, email: `${unused()}@dokkerr.test` } }),
  ],
  ["POST /api/auth/sign-in/email", ALL, () =>
    at("/api/auth/sign-in/email", {
      body: { email: ACCOUNT.email, password: ACCOUNT.password },
    })],
  // The last: it ends the sessions of all who ask.
  ["POST /api/auth/sign-out", ALL, () => at("/api/auth/sign-out")],
];

/** Routes whose rows are in another suite, which brings what they need. */
const ELSEWHERE = new Map([
  ["GET /api/photos/docks/:dockId/:file", "docks/routes.stack.test.ts, with an object store"],
]);

let edge: TestEdge;
let world: World;
const askBy = new Map<Actor, TestFetch>();

beforeAll(async () => {
  edge = await createTestEdge();
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
