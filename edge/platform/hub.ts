import { SignJWT } from "jose";
import type { Ticket } from "../../shared/api.ts";
import type { Message } from "../../shared/chat.ts";
import { SendAnswer, signHubRequest } from "../../shared/hub.ts";
import type { BookingPush, ClockPush, InboxPush, ThreadPush } from "../../shared/hub.ts";
import { Problem } from "../../shared/problem.ts";
import type { ProblemCode } from "../../shared/problem.ts";
import { nameToRoom, roomToPath, TICKET_TTL_SECONDS } from "../../shared/ticket.ts";
import { createHmac } from "./hmac.ts";

const TIMEOUT_MS = 5_000;

/** What each party is told. */
interface Pushes {
  thread: Exclude<ThreadPush, { kind: "send" }>;
  booking: BookingPush;
  inbox: InboxPush;
  clock: ClockPush;
}

/** The rooms as the edge reaches them. Calls throw Problem `hub-unavailable` where it is away. */
export interface Hub {
  /** A ticket into one room (`thread:ID`); whoever asks has checked that the person belongs there. */
  issueTicket(claims: { room: string; userId: string; sessionId: string }): Promise<Ticket>;
  /**
   * Sends a message through its room, which numbers it; the same (sender, clientId) again answers
   * the same message. Throws Problem `forbidden`, `invalid`, `rate-limited`.
   */
  send(
    threadId: string,
    message: { senderId: string; clientId: string; text: string },
  ): Promise<Message>;
  /** Tells a room something; telling it twice is harmless. */
  publish<P extends keyof Pushes>(party: P, id: string, body: Pushes[P]): Promise<void>;
  /** Sets the hub's clock going, where it does not yet. */
  armClock(): Promise<void>;
}

interface HubOptions {
  /** `host:port` of the hub, as a browser reaches it too. */
  host: string;
  /** REALTIME_SECRET, the same at the hub. */
  secret: string;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  now: () => number;
  /** At least 16 characters that cannot be guessed, of `[A-Za-z0-9_-]`. */
  randomId: () => string;
}

/** The hub over HTTP: encrypted, but on loopback. */
export function createHub(options: HubOptions): Hub {
  const { host, secret, fetch, now, randomId } = options;
  const ticketKey = new TextEncoder().encode(secret);
  const hmac = createHmac(secret);
  const secure = isLoopback(host) ? "" : "s";

  async function post(party: string, id: string, content: unknown): Promise<Response> {
    const path = roomToPath(party, encodeURIComponent(id));
    const body = JSON.stringify(content);
    const request = { audience: "hub", method: "POST", path, body } as const;
    const signed = await signHubRequest(request, Math.floor(now() / 1_000), randomId(), hmac);
    try {
      return await fetch(`http${secure}://${host}${path}`, {
        method: "POST",
        headers: { ...signed, "content-type": "application/json" },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      const problem = new Problem("hub-unavailable", `Cannot reach room: ${party} does not answer`);
      problem.cause = error;
      throw problem;
    }
  }

  async function publish(party: string, id: string, body: unknown): Promise<void> {
    const response = await post(party, id, body);
    await response.body?.cancel();
    if (!response.ok) {
      throw new Problem(
        "hub-unavailable",
        `Cannot tell room: ${party} answered ${response.status}`,
      );
    }
  }

  return {
    async issueTicket({ room, userId, sessionId }) {
      const name = nameToRoom(room);
      if (name === undefined) {
        throw new RangeError(`Cannot issue ticket: no room is called ${room}`);
      }
      const issuedAt = Math.floor(now() / 1_000);
      const expiresAt = issuedAt + TICKET_TTL_SECONDS;
      const ticket = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: "HS256" })
        .setAudience(room)
        .setSubject(userId)
        .setJti(randomId())
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(ticketKey);
      return {
        ticket,
        url: `ws${secure}://${host}${roomToPath(name.party, name.id)}?ticket=${ticket}`,
        expiresAt: new Date(expiresAt * 1_000).toISOString(),
      };
    },

    async send(threadId, message) {
      const response = await post("thread", threadId, { kind: "send", ...message });
      const answer: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw sendProblem(response.status, answer);
      const parsed = SendAnswer.safeParse(answer);
      if (!parsed.success) {
        throw new Problem(
          "hub-unavailable",
          "Cannot send message: the room's answer is unreadable",
        );
      }
      return parsed.data.message;
    },

    publish,
    armClock: () => publish("clock", "main", { kind: "arm" } satisfies ClockPush),
  };
}

const SEND_PROBLEMS: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  400: ["invalid", "it is not a message"],
  403: ["forbidden", "you are not in this conversation"],
  422: ["invalid", "its text is empty or too long"],
  429: ["rate-limited", "you are writing too fast"],
};

function sendProblem(status: number, answer: unknown): Problem {
  const [code, state] = SEND_PROBLEMS[status] ?? ["hub-unavailable", "the room cannot take it now"];
  const retryAfterMs = typeof answer === "object" && answer !== null && "retryAfterMs" in answer
    ? { retryAfterMs: answer.retryAfterMs }
    : {};
  return new Problem(code, `Cannot send message: ${state}`, retryAfterMs);
}

/** Whether `host:port` is this machine. */
function isLoopback(host: string): boolean {
  const { hostname } = new URL(`http://${host}`);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
