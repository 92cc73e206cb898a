import type { SocketState } from "./host.ts";

/** Who was not heard for this long is away, whatever their socket says; looked at so often. */
export const PRESENCE_TTL_MS = 45_000;
export const PRESENCE_SWEEP_MS = 15_000;
/** How exactly "last heard" is kept: writing it with every frame would cost more than it tells. */
export const SEEN_STEP_MS = 10_000;

interface PresentSocket {
  readonly id: string;
  readonly state: SocketState | null;
}

/** The people who are here, each once however many sockets they have. */
export function presentUsers(sockets: Iterable<PresentSocket>): Set<string> {
  const users = new Set<string>();
  for (const { state } of sockets) {
    if (state?.away === false) users.add(state.userId);
  }
  return users;
}

/** Whether a person is here by another socket than this one. */
export function isPresentElsewhere(
  sockets: Iterable<PresentSocket>,
  userId: string,
  socketId: string,
): boolean {
  for (const { id, state } of sockets) {
    if (id !== socketId && state?.userId === userId && !state.away) return true;
  }
  return false;
}
