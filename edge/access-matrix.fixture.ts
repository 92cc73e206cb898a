import { ROOT_NAME } from "../shared/quadkey.ts";
import { newDock, newHarbour } from "./local/test-docks.ts";
import { TEST_BOAT } from "./local/test-harbour.ts";
import { ROOM_ROWS } from "./access-rooms.fixture.ts";
import {
  ALL,
  at,
  MANAGERS,
  NOBODY,
  PARTIES,
  type Row,
  SIGNED_IN,
  STALE,
  unused,
} from "./access-rows.fixture.ts";

export const REFUSED = [401, 403, 404];
export const ACCOUNT = { name: "Zoe", email: "zoe@dokkerr.test", password: "a good password" };

/**
 * Who gets past the door of each route, for a thing that is not theirs where it is somebody's. What
 * an ask then meets inside (a stale version, a state) is other tests' matter.
 */
export const MATRIX: readonly Row[] = [
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
  ...(["accept", "decline", "no-show"] as const).map((move): Row => [
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
    "POST /api/bookings/:id/extend",
    ["guest"],
    ({ bookingId }) =>
      at(`/api/bookings/${bookingId}/extend`, {
        body: { to: "2027-07-12", quote: "forged" },
        headers: { ...STALE, "Idempotency-Key": unused() },
      }),
  ],
  [
    "POST /api/bookings/:id/first-refusal",
    MANAGERS,
    ({ bookingId }) =>
      at(`/api/bookings/${bookingId}/first-refusal`, { body: { until: "10:00" }, headers: STALE }),
  ],
  [
    "POST /api/bookings/:id/deposit",
    MANAGERS,
    ({ bookingId }) =>
      at(`/api/bookings/${bookingId}/deposit`, {
        body: { keepMinor: 1, reason: "A cleat" },
        headers: STALE,
      }),
  ],
  [
    "GET /api/bookings/:id/history",
    PARTIES,
    ({ bookingId }) => at(`/api/bookings/${bookingId}/history`),
  ],

  [
    "POST /api/bookings/:id/payment",
    ["guest"],
    ({ heldId }) =>
      at(`/api/bookings/${heldId}/payment`, { headers: { "Idempotency-Key": unused() } }),
  ],
  ["GET /api/bookings/:id/payment", PARTIES, ({ heldId }) => at(`/api/bookings/${heldId}/payment`)],
  ["POST /api/payouts/account", SIGNED_IN, () => at("/api/payouts/account")],
  ["GET /api/payouts", SIGNED_IN, () => at("/api/payouts")],
  // Whoever asks, the signature decides.
  ["POST /api/webhooks/stripe", ALL, () => at("/api/webhooks/stripe", { body: { id: "evt_1" } })],

  [
    "GET /api/bookings/:id/receipt",
    PARTIES,
    ({ bookingId }) => at(`/api/bookings/${bookingId}/receipt`),
  ],
  ["GET /api/statements", SIGNED_IN, () => at("/api/statements?role=host")],
  ["GET /api/statements.csv", SIGNED_IN, () => at("/api/statements.csv")],
  ["GET /api/books", ["admin"], () => at("/api/books")],

  ...ROOM_ROWS,

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
