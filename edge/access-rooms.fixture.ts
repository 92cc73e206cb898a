import { ALL, at, MEMBERS, NOBODY, SIGNED_IN, unused } from "./access-rows.fixture.ts";
import type { Row } from "./access-rows.fixture.ts";

/** Who gets past the door of conversations, live rooms, and what their hub asks. */
export const ROOM_ROWS: readonly Row[] = [
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
  ...(["PATCH", "DELETE"] as const).map((method): Row => [
    `${method} /api/threads/:id/messages/:seq`,
    NOBODY,
    // Nobody's message; whose it is, the room says.
    ({ threadId }) =>
      at(
        `/api/threads/${threadId}/messages/999`,
        method === "PATCH" ? { body: { text: "x" } } : {},
      ),
  ]),
  [
    "POST /api/threads/:id/photos",
    MEMBERS,
    ({ threadId }) =>
      at(`/api/threads/${threadId}/photos`, {
        body: { contentType: "image/png", width: 640, height: 480, bytes: 1_000 },
      }),
  ],
  [
    "GET /api/threads/:id/photos/:file",
    NOBODY,
    ({ threadId }) => at(`/api/threads/${threadId}/photos/${unused()}.png`),
  ],
  [
    "POST /api/threads/:id/reports",
    MEMBERS,
    ({ threadId }) => at(`/api/threads/${threadId}/reports`, { body: { reason: "spam" } }),
  ],
  ["GET /api/reports", ["admin"], () => at("/api/reports")],
  ...(["POST", "DELETE"] as const).map((method): Row => [
    `${method} /api/people/:id/block`,
    method === "POST" ? NOBODY : SIGNED_IN,
    () => at(`/api/people/${unused()}/block`),
  ]),
  ["GET /api/realtime/water", ALL, () => at("/api/realtime/water?bbox=-72,41,-71,42")],
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
  [
    "POST /internal/threads/:id/attach",
    NOBODY,
    ({ threadId }) =>
      at(`/internal/threads/${threadId}/attach`, {
        body: { senderId: unused(), clientId: "c", berth: true },
      }),
  ],
];
