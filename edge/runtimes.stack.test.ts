import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { HostDock } from "../shared/dock.ts";
import type { Payment } from "../shared/payment.ts";
import { startEdgeProcess } from "./local/edge-process.ts";
import { type Guardian, startGuardian } from "./local/guardian.ts";
import { freePort } from "./local/ports.ts";
import { payByCard, STRIPE_KEYS, WEBHOOK_SECRET } from "./local/paid-edge.ts";
import { startStripe, type Stripe } from "./local/stripe/simulator.ts";
import { signWebhook } from "./local/stripe/webhooks.ts";
import { createTestEdge, type TestEdge } from "./local/test-edge.ts";
import { createTestHarbour, TEST_BOAT } from "./local/test-harbour.ts";
import { addTideStation, NEWPORT_TIDE } from "./local/test-tides.ts";
import { startWorkerEdge } from "./local/worker-edge.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };
const VESSEL = "loaCm=1200&beamCm=380&draftCm=180&hullType=mono";

/** What earlier answers of the table gave. */
interface Found {
  dock: HostDock;
  /** Takes cards. */
  onlineDock: HostDock;
  heldId: string;
  payment: Payment;
  cookie: string;
  quote: string;
  bookingId: string;
  version: number;
}

interface Asked {
  route: string;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Row {
  what: string;
  ask: (found: Found) => Asked | Promise<Asked>;
  status: number;
  check?: (body: Record<string, unknown>, found: Found, response: Response) => void;
}

const account = () => ({
  name: "Gus Guest",
  email: `gus-${crypto.randomUUID()}@dokkerr.test`,
  password: "a good password",
});

function booking({ dock, quote, cookie }: Found, key: string): Asked {
  return {
    route: "POST /api/bookings",
    body: { dockId: dock.id, ...STAY, boat: TEST_BOAT, quote },
    headers: { "Cookie": cookie, "Idempotency-Key": key },
  };
}

/** An event of a type that nobody knows. */
const EVENT = JSON.stringify({ id: "evt_runtimes", object: "event", type: "coupon.created" });

/** The requests that every runtime answers alike, in this order. */
const TABLE: readonly Row[] = [
  {
    what: "is ready",
    ask: () => ({ route: "GET /readyz" }),
    status: 200,
    check: (body) => expect(body.parts).toMatchObject({ database: "up" }),
  },
  {
    what: "finds the dock with its price and fit",
    ask: () => ({
      route:
        `GET /api/docks?near=41.49,-71.33&radiusM=20000&from=${STAY.from}&to=${STAY.to}&${VESSEL}`,
    }),
    status: 200,
    check: (body, { dock }, response) => {
      // Its first search: each layer was asked, the runtime's own cache too.
      expect(response.headers.get("Cache-Status")).toContain("dokkerr-edge; fwd=miss");
      const items = body.items as { id: number; price: object; fit: object }[];
      const item = items.find(({ id }) => id === dock.id);
      expect(item?.price).toEqual({ currency: "USD", totalMinor: 63_000, nightlyMinor: 9_000 });
      expect(item?.fit).toMatchObject({ verdict: "fits" });
    },
  },
  {
    what: "refuses a search it cannot read",
    ask: () => ({ route: "GET /api/docks?near=91,0&color=red" }),
    status: 422,
    check: (body) => expect(body.code).toBe("invalid"),
  },
  {
    what: "knows no session yet",
    ask: () => ({ route: "GET /api/bookings" }),
    status: 401,
    check: (body) => expect(body.code).toBe("unauthenticated"),
  },
  {
    what: "signs somebody up",
    ask: () => ({ route: "POST /api/auth/sign-up/email", body: account() }),
    status: 200,
    check: (_, found, response) => {
      found.cookie = (response.headers.getSetCookie()[0] ?? "").split(";")[0]!;
    },
  },
  {
    what: "says who that is",
    ask: ({ cookie }) => ({ route: "GET /api/me", headers: { Cookie: cookie } }),
    status: 200,
    check: (body) => expect(body).toMatchObject({ name: "Gus Guest", roles: ["guest"] }),
  },
  {
    what: "refuses a body that is not JSON",
    ask: ({ cookie }) => ({ route: "POST /api/boats", body: "{", headers: { Cookie: cookie } }),
    status: 400,
    check: (body) => expect(body.code).toBe("not-json"),
  },
  {
    what: "quotes the stay",
    ask: ({ dock }) => ({
      route: `GET /api/docks/${dock.id}/quote?from=${STAY.from}&to=${STAY.to}&${VESSEL}`,
    }),
    status: 200,
    check: (body, found) => {
      expect(body.totalMinor).toBe(63_000);
      found.quote = body.quote as string;
    },
  },
  {
    what: "predicts the stay's tide",
    ask: ({ dock }) => ({
      route: `GET /api/docks/${dock.id}/tide?from=${STAY.from}&to=${STAY.to}`,
    }),
    status: 200,
    check: (body) => {
      expect(body.station).toMatchObject({ id: NEWPORT_TIDE });
      expect(body.days).toHaveLength(8);
    },
  },
  {
    what: "books it",
    ask: (found) => booking(found, "key-1"),
    status: 201,
    check: (body, found, response) => {
      expect(body).toMatchObject({ status: "confirmed", ...STAY, totalMinor: 63_000 });
      found.bookingId = body.id as string;
      found.version = body.version as number;
      expect(response.headers.get("ETag")).toBe(`"${found.version}"`);
    },
  },
  {
    what: "answers a retry with the same booking",
    ask: (found) => booking(found, "key-1"),
    status: 201,
    check: (body, { bookingId }) => expect(body.id).toBe(bookingId),
  },
  {
    what: "refuses the same nights to the next who asks",
    ask: (found) => booking(found, "key-2"),
    status: 409,
    check: (body) => expect(body.code).toBe("dates-taken"),
  },
  {
    what: "reads the booking, and not again while its version is known",
    ask: ({ bookingId, cookie, version }) => ({
      route: `GET /api/bookings/${bookingId}`,
      headers: { "Cookie": cookie, "If-None-Match": `"${version}"` },
    }),
    status: 304,
  },
  {
    what: "gives a ticket into the booking's room",
    ask: ({ bookingId, cookie }) => ({
      route: "POST /api/realtime/tickets",
      body: { room: `booking:${bookingId}` },
      headers: { Cookie: cookie },
    }),
    status: 201,
    check: (body, { bookingId }) =>
      expect(body.url).toContain(`/parties/booking/${bookingId}?ticket=`),
  },
  {
    what: "prints the booking's receipt",
    ask: ({ bookingId, cookie }) => ({
      route: `GET /api/bookings/${bookingId}/receipt`,
      headers: { Cookie: cookie, Accept: "text/html" },
    }),
    status: 200,
    check: ({ text }, _, response) => {
      expect(text).toContain("<td>$630</td>");
      expect(response.headers.get("Content-Security-Policy")).toMatch(/style-src 'sha256-.{44}'/);
    },
  },
  {
    what: "streams a statement",
    ask: ({ cookie }) => ({ route: "GET /api/statements.csv", headers: { Cookie: cookie } }),
    status: 200,
    check: ({ text }) => expect(text).toMatch(/^at,what,account,.*\r\n$/),
  },
  {
    what: "cancels the booking by the version that was seen",
    ask: ({ bookingId, cookie, version }) => ({
      route: `POST /api/bookings/${bookingId}/cancel`,
      headers: { "Cookie": cookie, "If-Match": `"${version}"` },
    }),
    status: 200,
    check: (body) => expect(body.status).toBe("cancelled"),
  },
  {
    what: "quotes a stay at a dock that takes cards",
    ask: ({ onlineDock }) => ({
      route: `GET /api/docks/${onlineDock.id}/quote?from=${STAY.from}&to=${STAY.to}&${VESSEL}`,
    }),
    status: 200,
    check: (body, found) => void (found.quote = body.quote as string),
  },
  {
    what: "holds it",
    ask: ({ onlineDock, quote, cookie }) => ({
      route: "POST /api/bookings",
      body: { dockId: onlineDock.id, ...STAY, boat: TEST_BOAT, quote },
      headers: { "Cookie": cookie, "Idempotency-Key": "key-3" },
    }),
    status: 201,
    check: (body, found) => {
      expect(body.status).toBe("held");
      found.heldId = body.id as string;
    },
  },
  {
    what: "begins its payment at the provider",
    ask: ({ heldId, cookie }) => ({
      route: `POST /api/bookings/${heldId}/payment`,
      headers: { "Cookie": cookie, "Idempotency-Key": "key-4" },
    }),
    status: 200,
    check: (body, found) => {
      expect(body).toMatchObject({ status: "open", amountMinor: 66_150 });
      found.payment = body as unknown as Payment;
    },
  },
  {
    what: "asks the provider again once a card has paid",
    async ask({ heldId, cookie, payment }) {
      await payByCard(payment);
      return {
        route: `POST /api/bookings/${heldId}/payment`,
        headers: { "Cookie": cookie, "Idempotency-Key": "key-4" },
      };
    },
    status: 200,
    check: (body) => expect(body.status).toBe("captured"),
  },
  {
    what: "takes a webhook that is signed",
    ask: () => ({
      route: "POST /api/webhooks/stripe",
      body: EVENT,
      headers: {
        "Stripe-Signature": signWebhook(EVENT, WEBHOOK_SECRET, Math.floor(Date.now() / 1_000)),
      },
    }),
    status: 200,
  },
  {
    what: "takes none that is not",
    ask: () => ({
      route: "POST /api/webhooks/stripe",
      body: EVENT,
      headers: { "Stripe-Signature": signWebhook(EVENT, "whsec_other", 1) },
    }),
    status: 400,
    check: (body) => expect(body.code).toBe("bad-request"),
  },
  {
    what: "describes itself",
    ask: () => ({ route: "GET /api/openapi.json" }),
    status: 200,
    check: (body) => expect(body.openapi).toBe("3.1.0"),
  },
  {
    what: "knows no other route",
    ask: () => ({ route: "GET /api/nothing" }),
    status: 404,
    check: (body) => expect(body.code).toBe("not-found"),
  },
  {
    what: "takes no write from another site's page",
    ask: ({ cookie }) => ({
      route: "POST /api/auth/sign-out",
      headers: { Cookie: cookie, Origin: "https://evil.example" },
    }),
    status: 403,
  },
  {
    what: "signs out",
    ask: ({ cookie }) => ({ route: "POST /api/auth/sign-out", headers: { Cookie: cookie } }),
    status: 200,
  },
  {
    what: "knows the session no more",
    ask: ({ cookie }) => ({ route: "GET /api/me", headers: { Cookie: cookie } }),
    status: 401,
  },
];

let edge: TestEdge;
let guardian: Guardian;
let dataDir: string;
let stripe: Stripe;
const urls = new Map<string, string>();
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  edge = await createTestEdge();
  undo.push(() => edge.close());
  await addTideStation(edge.sql, NEWPORT_TIDE);
  dataDir = await mkdtemp(join(tmpdir(), "dokkerr-runtimes-"));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  guardian = await startGuardian();
  undo.push(() => guardian.close());
  // What it tells is lost: the edges must ask.
  stripe = await startStripe({
    keys: STRIPE_KEYS,
    webhookSecret: WEBHOOK_SECRET,
    webhooks: () => Promise.resolve(200),
  });
  undo.push(() => stripe.stop());
  const { config } = edge.deps;
  const env = (port: number) => ({
    PORT: String(port),
    DATABASE_URL: config.database.url,
    NEON_GATEWAY: config.database.gateway!,
    S3_ENDPOINT: config.blobs.endpoint,
    S3_BUCKET: config.blobs.bucket,
    AWS_ACCESS_KEY_ID: config.blobs.accessKeyId,
    AWS_SECRET_ACCESS_KEY: config.blobs.secretAccessKey,
    // Nothing listens there: what the hub is to be told waits in the outbox.
    PARTYKIT_HOST: "127.0.0.1:9",
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: STRIPE_KEYS.secretKey,
    STRIPE_PUBLISHABLE_KEY: STRIPE_KEYS.publishableKey,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    PUBLIC_URL: `http://localhost:${port}`,
    AUTH_SECRET: config.authSecret,
    REALTIME_SECRET: config.realtimeSecret,
  });
  const [deno, workerd] = await Promise.all([
    startEdgeProcess({ env: env(await freePort()), dataDir, isLoopbackOnly: true, guardian }),
    startWorkerEdge(env(await freePort())),
  ]);
  undo.push(() => Promise.all([deno.stop(), workerd.stop()]));
  urls.set("Deno", deno.url).set("workerd", workerd.url);
});
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

describe.each(["Deno", "workerd"])("on %s the edge", (runtime) => {
  beforeAll(() => edge.sql.query("DELETE FROM tide_table"));

  const found: Found = { cookie: "", quote: "", bookingId: "", version: 0 } as Found;

  beforeAll(async () => {
    const harbour = await createTestHarbour(edge);
    found.dock = await harbour.addDock({ name: `Berth for ${runtime}` });
    found.onlineDock = await harbour.addDock({ name: "Card Berth", collection: "online" });
  });

  test.each(TABLE)("$what", async ({ ask, status, check }) => {
    const { route, body, headers } = await ask(found);
    const [method = "GET", path = ""] = route.split(" ");
    const init: RequestInit = { method, headers: headers ?? {} };
    if (body !== undefined) init.body = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(urls.get(runtime)! + path, init);
    const text = await response.text();
    expect([response.status, text]).toEqual([status, text]);
    expect(response.headers.get("X-Request-Id")).toBeTruthy();
    const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
    const answer = (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>;
    check?.(answer, found, response);
  });

  test("keeps the table of the tides that it predicted", async () => {
    await vi.waitFor(async () => {
      expect(await edge.sql.query("SELECT station FROM tide_table")).toHaveLength(1);
    });
  });
});
