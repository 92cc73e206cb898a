import { type Context, Hono } from "hono";
import { Problem } from "../shared/problem.ts";
import {
  getHistory,
  postAccept,
  postCancel,
  postCheckIn,
  postCheckOut,
  postDecline,
  postDeposit,
  postExtend,
  postFirstRefusal,
  postNoShow,
} from "./bookings/move-routes.ts";
import { getQuote } from "./bookings/quote-routes.ts";
import { getBooking, getBookings, getBookingSnapshot, postBooking } from "./bookings/routes.ts";
import type { Deps } from "./deps.ts";
import { deleteBlock, getBlocks, postBlock } from "./docks/block-routes.ts";
import {
  getAvailability,
  getDock,
  getReviews,
  getTide,
  patchDock,
  postDock,
  postPause,
  postPublish,
} from "./docks/dock-routes.ts";
import {
  getHarbour,
  getHarbourDocks,
  getHarbours,
  getPlaces,
  patchHarbour,
  postHarbour,
} from "./docks/harbour-routes.ts";
import { deletePhoto, getPhoto, postPhoto, postPhotoShow } from "./docks/photo-routes.ts";
import { getDocks } from "./docks/search-routes.ts";
import { getTiles } from "./docks/tile-list-routes.ts";
import { getTile } from "./docks/tile-routes.ts";
import { getWater, postTick } from "./events/routes.ts";
import type { Endpoint } from "./http/endpoint.ts";
import { hubSignatureCheck } from "./http/hub-signature.ts";
import { Limits } from "./http/limits.ts";
import { type Incoming, serveEndpoint, servePlain, type Server } from "./http/serve-endpoint.ts";
import { rawPathOf } from "./http/raw-query.ts";
import { requestIds } from "./http/request-id.ts";
import { headersOfAll } from "./http/security-headers.ts";
import { serveOther } from "./http/serve-other.ts";
import { getMe, signIn, signOut, signUp } from "./identity/account-routes.ts";
import { getBoat, getBoats, patchBoat, postBoat, removeBoat } from "./identity/boat-routes.ts";
import { referenceEndpoints } from "./insights/reference-routes.ts";
import { getHealth, getMetrics, getReadiness } from "./insights/routes.ts";
import {
  getThreadLog,
  getThreadSnapshot,
  postThreadAttach,
  postThreadClaim,
  postThreadLog,
} from "./threads/hub-routes.ts";
import {
  getPayment,
  getPayouts,
  postPayment,
  postPayoutAccount,
  postStripeWebhook,
} from "./payments/routes.ts";
import { getBooks, getReceipt, getStatement, getStatementCsv } from "./ledger/routes.ts";
import type { Metrics } from "./platform/metrics.ts";
import {
  deletePersonBlock,
  getReports,
  postPersonBlock,
  postReport,
} from "./threads/people-routes.ts";
import {
  deleteMessage,
  getMessages,
  getThread,
  getThreadPhoto,
  getThreads,
  patchMessage,
  postMessage,
  postThread,
  postThreadPhoto,
  postTicket,
} from "./threads/routes.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Route = readonly [method: Method, path: string, endpoint: Endpoint];

const { getOpenApi, getReference } = referenceEndpoints(() => ROUTES);

/** Everything that the API answers. Mounting, its description and its access test derive from it. */
export const ROUTES: readonly Route[] = [
  // Search
  ["GET", "/api/docks", getDocks],
  ["GET", "/api/docks/tiles", getTiles],
  ["GET", "/api/docks/tiles/:quadkey", getTile],
  ["GET", "/api/places", getPlaces],

  // Docks
  ["POST", "/api/docks", postDock],
  ["GET", "/api/docks/:id", getDock],
  ["PATCH", "/api/docks/:id", patchDock],
  ["POST", "/api/docks/:id/publish", postPublish],
  ["POST", "/api/docks/:id/pause", postPause],
  ["GET", "/api/docks/:id/availability", getAvailability],
  ["GET", "/api/docks/:id/quote", getQuote],
  ["GET", "/api/docks/:id/tide", getTide],
  ["GET", "/api/docks/:id/reviews", getReviews],
  ["POST", "/api/docks/:id/blocks", postBlock],
  ["GET", "/api/docks/:id/blocks", getBlocks],
  ["DELETE", "/api/docks/:id/blocks/:blockId", deleteBlock],
  ["POST", "/api/docks/:id/photos", postPhoto],
  ["POST", "/api/docks/:id/photos/:photoId/show", postPhotoShow],
  ["DELETE", "/api/docks/:id/photos/:photoId", deletePhoto],
  ["GET", "/api/photos/docks/:dockId/:file", getPhoto],

  // Harbours
  ["POST", "/api/harbours", postHarbour],
  ["GET", "/api/harbours", getHarbours],
  ["GET", "/api/harbours/:id", getHarbour],
  ["PATCH", "/api/harbours/:id", patchHarbour],
  ["GET", "/api/harbours/:id/docks", getHarbourDocks],

  // Bookings
  ["POST", "/api/bookings", postBooking],
  ["GET", "/api/bookings", getBookings],
  ["GET", "/api/bookings/:id", getBooking],
  ["POST", "/api/bookings/:id/accept", postAccept],
  ["POST", "/api/bookings/:id/decline", postDecline],
  ["POST", "/api/bookings/:id/cancel", postCancel],
  ["POST", "/api/bookings/:id/check-in", postCheckIn],
  ["POST", "/api/bookings/:id/check-out", postCheckOut],
  ["POST", "/api/bookings/:id/no-show", postNoShow],
  ["POST", "/api/bookings/:id/extend", postExtend],
  ["POST", "/api/bookings/:id/first-refusal", postFirstRefusal],
  ["POST", "/api/bookings/:id/deposit", postDeposit],
  ["GET", "/api/bookings/:id/history", getHistory],

  // Payments
  ["POST", "/api/bookings/:id/payment", postPayment],
  ["GET", "/api/bookings/:id/payment", getPayment],
  ["POST", "/api/payouts/account", postPayoutAccount],
  ["GET", "/api/payouts", getPayouts],
  ["POST", "/api/webhooks/stripe", postStripeWebhook],

  // The ledger
  ["GET", "/api/bookings/:id/receipt", getReceipt],
  ["GET", "/api/statements", getStatement],
  ["GET", "/api/statements.csv", getStatementCsv],
  ["GET", "/api/books", getBooks],

  // Conversations and live rooms
  ["POST", "/api/threads", postThread],
  ["GET", "/api/threads", getThreads],
  ["GET", "/api/threads/:id", getThread],
  ["GET", "/api/threads/:id/messages", getMessages],
  ["POST", "/api/threads/:id/messages", postMessage],
  ["PATCH", "/api/threads/:id/messages/:seq", patchMessage],
  ["DELETE", "/api/threads/:id/messages/:seq", deleteMessage],
  ["POST", "/api/threads/:id/photos", postThreadPhoto],
  ["GET", "/api/threads/:id/photos/:file", getThreadPhoto],
  ["POST", "/api/threads/:id/reports", postReport],
  ["GET", "/api/reports", getReports],
  ["POST", "/api/people/:id/block", postPersonBlock],
  ["DELETE", "/api/people/:id/block", deletePersonBlock],
  ["POST", "/api/realtime/tickets", postTicket],
  ["GET", "/api/realtime/water", getWater],

  // What the hub asks
  ["GET", "/internal/threads/:id", getThreadSnapshot],
  ["POST", "/internal/threads/:id/claim", postThreadClaim],
  ["POST", "/internal/threads/:id/log", postThreadLog],
  ["GET", "/internal/threads/:id/log", getThreadLog],
  ["POST", "/internal/threads/:id/attach", postThreadAttach],
  ["GET", "/internal/bookings/:id", getBookingSnapshot],
  ["POST", "/internal/tick", postTick],

  // Accounts
  ["POST", "/api/auth/sign-up/email", signUp],
  ["POST", "/api/auth/sign-in/email", signIn],
  ["POST", "/api/auth/sign-out", signOut],
  ["GET", "/api/me", getMe],
  ["GET", "/api/boats", getBoats],
  ["POST", "/api/boats", postBoat],
  ["GET", "/api/boats/:id", getBoat],
  ["PATCH", "/api/boats/:id", patchBoat],
  ["DELETE", "/api/boats/:id", removeBoat],

  // The API itself
  ["GET", "/api/openapi.json", getOpenApi],
  ["GET", "/api/reference", getReference],

  // Operations
  ["GET", "/healthz", getHealth],
  ["GET", "/readyz", getReadiness],
  ["GET", "/metrics", getMetrics],
];

/** What a platform knows of a request beside the request. */
export interface RequestContext {
  /** Keeps the process alive for work that goes on after the answer. */
  background?: (work: Promise<unknown>) => void;
  /** The address that the connection came from. */
  remoteAddress?: string;
}

export interface App {
  fetch(request: Request, context?: RequestContext): Promise<Response>;
}

/** The API over what a platform gives it; `routes` is for tests of the machinery itself. */
export function createApp(deps: Deps, routes: readonly Route[] = ROUTES): App {
  const server: Server = {
    deps,
    limits: new Limits(deps.now, deps.sharedLimits),
    requestId: requestIds(deps.randomBytes),
    headers: headersOfAll(deps.config.publicUrl),
    isHub: hubSignatureCheck(deps.config.realtimeSecret, deps.now),
    observe: requestObserver(deps.metrics),
  };

  const toIncoming = (
    request: Request,
    params: Record<string, string>,
    context: RequestContext,
  ): Incoming => ({
    request,
    params,
    // Asking a platform for the address has its price, and few ask.
    get clientIp() {
      return clientIpOf(request, context.remoteAddress, deps.config.clientIpHeader);
    },
    background: inBackground(deps, context.background),
  });
  const incoming = (c: Context<{ Bindings: RequestContext }>): Incoming =>
    toIncoming(c.req.raw, c.req.param() as Record<string, string>, c.env);
  const hono = new Hono<{ Bindings: RequestContext }>();
  const quick = new Map<string, (incoming: Incoming) => Promise<Response>>();
  for (const [method, path, endpoint] of routes) {
    const serve = serveEndpoint(server, path, endpoint);
    hono.on(method, path, (c) => serve(incoming(c)));
    if (method === "GET" && endpoint.quick) quick.set(path, serve);
  }
  for (const path of new Set(routes.map(([, path]) => path))) {
    const refuse = servePlain(server, path, otherMethods(routes, path));
    hono.all(path, (c) => refuse(incoming(c)));
  }
  const serveRest = servePlain(server, "*", serveOther(deps));
  hono.notFound((c) => serveRest(incoming(c)));
  return {
    fetch: async (request, context = {}) => {
      // What is asked most needs no router: its path is the whole of its route.
      const serve = request.method === "GET" ? quick.get(rawPathOf(request.url)) : undefined;
      return await (serve ? serve(toIncoming(request, {}, context)) : hono.fetch(request, context));
    },
  };
}

/** Counts and times answers; the series of a route is looked up by one key. */
function requestObserver(metrics: Metrics): Server["observe"] {
  const known = new Map<string, (ms: number) => void>();
  return (method, path, status, ms) => {
    const key = `${method} ${path} ${status}`;
    let observe = known.get(key);
    if (!observe) {
      const route = { method, route: path };
      const requests = metrics.counter(
        "dokkerr_http_requests_total",
        "Requests by route and status.",
        { ...route, status },
      );
      const seconds = metrics.histogram(
        "dokkerr_http_request_duration_seconds",
        "How long answers took.",
        route,
      );
      observe = (took) => {
        requests.add();
        seconds.observe(took / 1_000);
      };
      known.set(key, observe);
    }
    observe(ms);
  };
}

function otherMethods(routes: readonly Route[], path: string) {
  const methods = routes.filter((route) => route[1] === path).map(([method]) => method);
  const allow = ["OPTIONS", ...(methods.includes("GET") ? ["HEAD"] : []), ...methods].join(", ");
  return (request: Request) => {
    if (request.method === "OPTIONS") {
      return new Response(null, { status: 204, headers: { Allow: allow } });
    }
    throw new Problem("method-not-allowed", `Cannot ${request.method} this: it takes ${allow}`, {
      allow,
    });
  };
}

function inBackground(deps: Deps, keepAlive: RequestContext["background"]) {
  return (work: Promise<unknown>): void => {
    const watched = work.catch((error: unknown) => {
      const stack = error instanceof Error ? error.stack : String(error);
      deps.log("error", "work after an answer failed", { stack });
    });
    keepAlive?.(watched);
  };
}

/** Only a header that the operator's own proxy sets can be believed. */
function clientIpOf(
  request: Request,
  remoteAddress: string | undefined,
  header: string | undefined,
): string | undefined {
  const told = header === undefined ? undefined : request.headers.get(header)?.split(",").at(-1);
  return told?.trim() || remoteAddress;
}
