import { errors, jwtVerify } from "jose";
import { checkHubRequest } from "../shared/hub.ts";
import type { InboxPush, PushAnswer } from "../shared/hub.ts";
import { nameToRoom, roomToName, roomToPath, TicketClaims } from "../shared/ticket.ts";
import { isWater } from "../shared/water.ts";
import { createHmac } from "./hmac.ts";
import type { HubSettings } from "./settings.ts";

/** Tells a person's inbox room; undefined where it does not answer. */
export type TellInbox = (userId: string, push: InboxPush) => Promise<PushAnswer | undefined>;

/** How the outer worker hands a checked ticket to the room. Whatever a client sent there is lost. */
const CLAIMS_HEADER = "x-dokkerr-claims";
const MAX_PUSH_BYTES = 262_144;
/** The edge's clock may be this far from the hub's. */
const CLOCK_SLACK_SECONDS = 5;

/**
 * Decides before a socket opens, outside the room: 401 without a good ticket, 403 for another
 * room's or from a foreign page. What goes on to the room carries the claims, and the ticket's id
 * as its connection id, for PartyKit would take one from the client. The person's inbox notes the
 * room, so that the end of their session closes the socket; it knows whether the session has ended
 * while the ticket was under way.
 */
export async function admitSocket(
  request: Request,
  party: string,
  id: string,
  settings: HubSettings,
  tellInbox: TellInbox,
): Promise<Response | Request> {
  if (isForeignPage(request, settings)) return refusal(403, "forbidden-origin");
  const room = nameToRoom(`${party}:${id}`);
  if (room === undefined) return refusal(404, "not-found");

  const url = new URL(request.url);
  // A client that appends `?ticket=` to a URL that has one still brings its ticket first.
  const ticket = /^[\w.-]+/.exec(url.searchParams.get("ticket") ?? "")?.[0];
  if (ticket === undefined) return refusal(401, "ticket-missing");
  const claims = await readTicket(ticket, roomToName(room), settings.secret);
  if (typeof claims === "string") {
    return refusal(claims === "ticket-foreign" ? 403 : 401, claims);
  }
  if (room.party !== "inbox") {
    const { sub, sid: sessionId, iat } = claims;
    const opened = { party: room.party, id, sessionId, issuedAt: iat * 1000 };
    const noted = await tellInbox(sub, { kind: "opened", ...opened });
    if (noted === undefined) return refusal(503, "unavailable");
    if (!noted.applied) return refusal(401, "ticket-expired");
  }
  const headers = new Headers(request.headers);
  headers.set(CLAIMS_HEADER, JSON.stringify(claims));
  const target = new URL(`${roomToPath(party, id)}?_pk=${claims.jti}`, url.origin);
  return new Request(target.href, { headers });
}

/** Lets whoever looks at a water listen to it: there is nothing to hide, and nothing to say. */
export function admitReader(
  request: Request,
  id: string,
  settings: HubSettings,
): Response | Request {
  if (isForeignPage(request, settings)) return refusal(403, "forbidden-origin");
  if (!isWater(id)) return refusal(404, "not-found");
  const target = new URL(`${roomToPath("water", id)}?_pk=${crypto.randomUUID()}`, request.url);
  return new Request(target.href, { headers: request.headers });
}

function isForeignPage(request: Request, { allowedOrigins }: HubSettings): boolean {
  const origin = request.headers.get("origin");
  return origin !== null && allowedOrigins.length > 0 && !allowedOrigins.includes(origin);
}

/** The claims that admitSocket handed over. Throws where it did not: a runtime's fault. */
export function claimsOf(headers: { get(name: string): string | null }): TicketClaims {
  return TicketClaims.parse(JSON.parse(headers.get(CLAIMS_HEADER) ?? "null"));
}

async function readTicket(
  ticket: string,
  audience: string,
  secret: string,
): Promise<TicketClaims | "ticket-invalid" | "ticket-expired" | "ticket-foreign"> {
  try {
    const key = new TextEncoder().encode(secret);
    const { payload } = await jwtVerify(ticket, key, {
      audience,
      algorithms: ["HS256"],
      clockTolerance: 0,
      requiredClaims: ["sub", "sid", "jti", "iat", "exp"],
    });
    const claims = TicketClaims.safeParse(payload);
    const isFromFuture = claims.success &&
      claims.data.iat > Date.now() / 1000 + CLOCK_SLACK_SECONDS;
    return claims.success && !isFromFuture ? claims.data : "ticket-invalid";
  } catch (error) {
    if (error instanceof errors.JWTExpired) return "ticket-expired";
    const isForeign = error instanceof errors.JWTClaimValidationFailed && error.claim === "aud";
    return isForeign ? "ticket-foreign" : "ticket-invalid";
  }
}

/** Lets only requests through that the edge has signed for the hub, body and all. */
export async function admitRequest(
  request: Request,
  settings: HubSettings,
): Promise<Response | Request> {
  if (request.method !== "POST") return refusal(405, "method-not-allowed");
  const body = await request.text();
  if (body.length > MAX_PUSH_BYTES) return refusal(413, "too-large");
  const { pathname, search } = new URL(request.url);
  const signed = { audience: "hub", method: "POST", path: pathname + search, body } as const;
  const hmac = createHmac(settings.secret);
  const verdict = await checkHubRequest(signed, request.headers, Date.now() / 1000, hmac);
  if (!verdict.ok) return refusal(401, verdict.reason);
  return new Request(request.url, { method: "POST", headers: request.headers, body });
}

export function refusal(status: number, code: string): Response {
  return Response.json({ code }, { status });
}
