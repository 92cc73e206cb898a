import type { Message } from "../../shared/chat.ts";
import { Problem } from "../../shared/problem.ts";
import type { Hub } from "../platform/hub.ts";

/** A hub that remembers what it was told; its tickets are real ones. */
export interface FakeHub extends Hub {
  readonly published: { party: string; id: string; body: unknown }[];
  readonly sent: { threadId: string; message: Message }[];
  /** While true, every call fails as if nothing answered. */
  isAway: boolean;
}

/** The real hub's adapter issues tickets; messages are numbered from 1 for each thread. */
export function createFakeHub(real: Hub): FakeHub {
  const hub: FakeHub = {
    published: [],
    sent: [],
    isAway: false,
    issueTicket: (claims) => real.issueTicket(claims),
    publicUrl: (party, id) => real.publicUrl(party, id),
    async send(threadId, { senderId, clientId, text }) {
      if (hub.isAway) return await real.send(threadId, { senderId, clientId, text });
      const inThread = hub.sent.filter((one) => one.threadId === threadId);
      const again = inThread.find(({ message }) =>
        message.senderId === senderId && message.clientId === clientId
      );
      if (again) return again.message;
      const message: Message = {
        seq: inThread.length + 1,
        id: crypto.randomUUID(),
        clientId,
        senderId,
        text,
        sentAt: new Date().toISOString(),
      };
      hub.sent.push({ threadId, message });
      return message;
    },
    async change(threadId, change) {
      if (hub.isAway) return await real.change(threadId, change);
      const { senderId, seq: target } = change;
      const meant = hub.sent.find((one) =>
        one.threadId === threadId && one.message.seq === target &&
        one.message.senderId === senderId
      );
      if (!meant) throw new Problem("not-found", "Cannot send message: there is no such message");
      const entry = {
        seq: target + 1,
        id: crypto.randomUUID(),
        clientId: change.clientId,
        senderId,
        sentAt: new Date().toISOString(),
        target,
        targetId: meant.message.id,
      };
      return change.kind === "edit"
        ? { ...entry, kind: "edit", text: change.text }
        : { ...entry, kind: "delete" };
    },
    async publish(party, id, body) {
      if (hub.isAway) await real.publish(party, id, body);
      hub.published.push({ party, id, body });
    },
    async close(ended) {
      if (hub.isAway) await real.close(ended);
      hub.published.push({ party: "inbox", id: ended.userId, body: { kind: "close", ...ended } });
    },
    async armClock() {
      if (hub.isAway) await real.armClock();
    },
  };
  return hub;
}
