import { SignJWT } from "jose";
import type { Ticket } from "../../shared/api.ts";
import type { LogEntry, Message } from "../../shared/chat.ts";
import { CloseAnswer, signHubRequest, WrittenAnswer } from "../../shared/hub.ts";
import type {
  BookingPush,
  ClockPush,
  InboxPush,
  ThreadPush,
  ThreadWrite,
  WaterPush,
} from "../../shared/hub.ts";
import { Problem } from "../../shared/problem.ts";
import type { ProblemCode } from "../../shared/problem.ts";
import { nameToRoom, roomToPath, TICKET_TTL_SECONDS } from "../../shared/ticket.ts";
import { createHmac } from "./hmac.ts";

const TIMEOUT_MS = 5_000;

/** What each party is told. */
interface Pushes {
  thread: Exclude<ThreadPush, { kind: ThreadWrite["kind"] }>;
  booking: BookingPush;
  inbox: InboxPush;
  water: WaterPush;
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
  send(threadId: string, message: NewMessage): Promise<Message>;
  /** Edits or deletes the sender's own message; throws as `send` does, and `not-found`. */
  change(threadId: string, change: MessageChange): Promise<LogEntry>;
  /** Where a browser reaches a room that needs no ticket. */
  publicUrl(party: "water", id: string): string;
  /** Tells a room something; telling it twice is harmless. */
  publish<P extends keyof Pushes>(party: P, id: string, body: Pushes[P]): Promise<void>;
  /** Closes every socket that a session opened, or all of a person's; twice is harmless. */
  close(ended: { userId: string; sessionId?: string | undefined }): Promise<void>;
  /** Sets the hub's clock going, where it does not yet. */
  armClock(): Promise<void>;
}

export type NewMessage = Omit<Extract<ThreadWrite, { kind: "send" }>, "kind">;
export type MessageChange = Exclude<ThreadWrite, { kind: "send" }>;

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

  async function tell(party: string, id: string, body: unknown): Promise<Response> {
    const response = await post(party, id, body);
    if (response.ok) return response;
    await response.body?.cancel();
    throw new Problem("hub-unavailable", `Cannot tell room: ${party} answered ${response.status}`);
  }

  async function publish(party: string, id: string, body: unknown): Promise<void> {
    await (await tell(party, id, body)).body?.cancel();
  }

  async function write(threadId: string, content: ThreadWrite): Promise<WrittenAnswer> {
    const response = await post("thread", threadId, content);
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw sendProblem(response.status, answer);
    const parsed = WrittenAnswer.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new Problem("hub-unavailable", "Cannot send message: the room's answer is unreadable");
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
      const { message: sent } = await write(threadId, { kind: "send", ...message });
      if (sent) return sent;
      throw new Problem("idempotency-key-reused", "Cannot send message: its name is an edit's");
    },

    async change(threadId, change) {
      return (await write(threadId, change)).entry;
    },

    publicUrl: (party, id) => `ws${secure}://${host}${roomToPath(party, id)}`,

    publish,

    async close(ended) {
      const push = { kind: "close", ...ended } as const;
      const answer = await tell("inbox", ended.userId, push);
      const { rooms } = CloseAnswer.parse(await answer.json());
      const named = rooms.map(nameToRoom).filter((room) => room !== undefined);
      await Promise.all(named.map(({ party, id }) => publish(party, id, push)));
    },

    armClock: () => publish("clock", "main", { kind: "arm" } satisfies ClockPush),
  };
}

const SEND_PROBLEMS: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  400: ["invalid", "it is not a message"],
  403: ["forbidden", "you are not in this conversation"],
  404: ["not-found", "there is no such message of yours"],
  422: ["invalid", "its text is empty or too long, or what it carries is not there"],
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
