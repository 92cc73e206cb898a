import type { Message } from "../../../shared/chat.ts";

/** What one may ask for of a message. */
export type MessageAct = "edit" | "delete" | "report" | "photo";

export interface MessageAsk {
  act: MessageAct;
  message: Message;
}

/** What there is to do with a message, beyond looking at it. */
export function actsOf(message: Message, isOwn: boolean): MessageAct[] {
  if (message.deleted || message.booking) return [];
  if (!isOwn) return ["report"];
  return message.berth ? ["delete"] : ["edit", "delete"];
}

/** The last message of one's own that can be edited. */
export function lastEditable(messages: readonly Message[], myId: string): Message | undefined {
  return messages.findLast((message) =>
    message.senderId === myId && actsOf(message, true).includes("edit")
  );
}
