import ReconnectingWebSocket from "partysocket/ws";
import type { ClientFrame } from "../../shared/chat.ts";
import { CLOSE, PROTOCOL, ServerFrame } from "../../shared/chat.ts";
import { onBrowserWake } from "./browser-wake.ts";

/**
 * `refused`: not let in, or no longer; `outdated`: the room speaks a newer protocol, a reload helps.
 * In both the connection has given up; in `offline` it tries again by itself.
 */
export type RoomStatus = "connecting" | "live" | "offline" | "refused" | "outdated";

export interface RoomConnection {
  /** Says it where the room is live; false where it is not, and nothing is kept. */
  send(frame: ClientFrame): boolean;
  /** Tries at once, and finds out whether an open socket still leads anywhere. */
  wake(): void;
  close(): void;
}

export interface RoomConnectionOptions {
  /** Asked anew for every attempt: a ticket opens one socket. */
  fetchTicket: () => Promise<{ url: string }>;
  onFrame: (frame: ServerFrame) => void;
  onStatus: (status: RoomStatus) => void;
  /** On Node there is none to be found. */
  WebSocket?: unknown;
  onWake?: (wake: () => void) => () => void;
  /** How often to ask whether the room still hears us, and how long it may take to answer. */
  heartbeatMs?: number;
  answerMs?: number;
}

const MAX_RETRIES = 60;
const MIN_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;
const TICKET_MS = 15_000;
const OLD_ROOM_DELAY_MS = 10_000;

/** What the API says to somebody who may not have a ticket. */
const REFUSALS: readonly unknown[] = ["unauthenticated", "forbidden", "not-found"];
const FINAL_CLOSES: readonly number[] = [CLOSE.notMember, CLOSE.signedOut, CLOSE.badFrames];

/** A socket to a room that comes back by itself, with a new ticket each time. */
export function connectRoom(options: RoomConnectionOptions): RoomConnection {
  const { fetchTicket, onFrame, onStatus, heartbeatMs = 20_000, answerMs = 8_000 } = options;
  let status: RoomStatus = "connecting";
  let isClosed = false;
  /** An attempt is being made at this moment; between two of them there may be a long wait. */
  let isTrying = false;
  /** The room has said welcome on this socket. */
  let isWelcome = false;
  let heartbeat: ReturnType<typeof setTimeout> | undefined;
  let socket = open();

  function open(): ReconnectingWebSocket {
    isTrying = true;
    const opened: ReconnectingWebSocket = new ReconnectingWebSocket(
      () => nextUrl(opened),
      null,
      {
        ...(options.WebSocket === undefined ? {} : { WebSocket: options.WebSocket }),
        // Its own queue would send before the room has said welcome, and acknowledges nothing.
        maxEnqueuedMessages: 0,
        // After that only a wake tries again; a page left open for days costs nobody anything.
        maxRetries: MAX_RETRIES,
        minReconnectionDelay: MIN_DELAY_MS,
        maxReconnectionDelay: MAX_DELAY_MS,
        reconnectionDelayGrowFactor: 1.5,
        connectionTimeout: 10_000,
        shouldReconnectOnClose: ({ code }) => !FINAL_CLOSES.includes(code),
      },
    );
    opened.addEventListener("message", ({ data }) => {
      if (opened === socket) receive(data);
    });
    opened.addEventListener("close", ({ code }) => {
      if (opened === socket) lost(code);
    });
    opened.addEventListener("error", () => {
      if (opened === socket) lost();
    });
    return opened;
  }

  async function nextUrl(opened: ReconnectingWebSocket): Promise<string> {
    // Everybody lost the room at the same moment: spread the return.
    const spreadMs = Math.min(MIN_DELAY_MS * opened.retryCount, MAX_DELAY_MS / 4) * Math.random();
    if (spreadMs > 0) await new Promise((resolve) => setTimeout(resolve, spreadMs));
    if (opened !== socket || isClosed) return "";
    isTrying = true;
    try {
      return (await inTime(fetchTicket())).url;
    } catch (error) {
      if (!REFUSALS.includes((error as { code?: unknown }).code)) throw error;
      giveUp("refused");
      return "";
    }
  }

  function setStatus(next: RoomStatus): void {
    if (status === next || isClosed) return;
    status = next;
    onStatus(next);
  }

  function giveUp(why: "refused" | "outdated"): void {
    setStatus(why);
    socket.close();
  }

  function lost(code?: number): void {
    clearTimeout(heartbeat);
    isWelcome = false;
    isTrying = false;
    if (code === CLOSE.badFrames) setStatus("outdated");
    else if (code !== undefined && FINAL_CLOSES.includes(code)) setStatus("refused");
    else if (status === "live" || status === "connecting") setStatus("offline");
  }

  function receive(data: unknown): void {
    clearTimeout(heartbeat);
    heartbeat = setTimeout(ask, heartbeatMs);
    const frame = readFrame(data);
    if (frame === "newer") return giveUp("outdated");
    if (frame === "older") {
      // A deploy is under way: the room will be new in a moment.
      socket.close();
      setTimeout(wake, OLD_ROOM_DELAY_MS * (1 + Math.random()));
      return;
    }
    if (frame === undefined) return;
    isWelcome ||= frame.type === "welcome";
    onFrame(frame);
    if (frame.type !== "welcome") return;
    setStatus("live");
    // The runtime cuts a socket that a room closes at once only where it has heard from it.
    ask();
  }

  /** Asks, and takes silence for an answer. */
  function ask(): void {
    clearTimeout(heartbeat);
    if (!say({ type: "ping" })) return;
    heartbeat = setTimeout(() => socket.reconnect(), answerMs);
  }

  function say(frame: ClientFrame): boolean {
    return isWelcome && socket.readyState === socket.OPEN && socket.send(JSON.stringify(frame));
  }

  function wake(): void {
    if (isClosed || status === "refused" || status === "outdated") return;
    if (isWelcome) return ask();
    if (isTrying) return;
    // There is no ending its wait between two attempts: another takes its place.
    const before = socket;
    socket = open();
    before.close();
  }

  const stopWaking = (options.onWake ?? onBrowserWake)(wake);
  return {
    send: say,
    wake,
    close() {
      isClosed = true;
      clearTimeout(heartbeat);
      stopWaking();
      socket.close();
    },
  };
}

/** A request that a dead network swallows must not keep the next attempt waiting. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Cannot get ticket: no answer")), TICKET_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A frame; which side is behind where the protocols differ; undefined for what is not understood. */
function readFrame(data: unknown): ServerFrame | "newer" | "older" | undefined {
  let value: unknown;
  try {
    value = JSON.parse(String(data));
  } catch {
    return undefined;
  }
  // Before its schema: another protocol's welcome may not fit ours.
  const { type, protocol } = (value ?? {}) as { type?: unknown; protocol?: unknown };
  if (type === "welcome" && typeof protocol === "number" && protocol !== PROTOCOL) {
    return protocol > PROTOCOL ? "newer" : "older";
  }
  const frame = ServerFrame.safeParse(value);
  return frame.success ? frame.data : undefined;
}
