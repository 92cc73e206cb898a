import type { Message } from "../../shared/chat.ts";
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
    async publish(party, id, body) {
      if (hub.isAway) await real.publish(party, id, body);
      hub.published.push({ party, id, body });
    },
    async armClock() {
      if (hub.isAway) await real.armClock();
    },
  };
  return hub;
}
