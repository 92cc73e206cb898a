import type { FrameErrorCode } from "../../../shared/chat.ts";
import type { RoomStatus } from "../../room/connect-room.ts";

export const words = {
  back: "All messages",
  title: (name: string) => `${name}: messages`,
  log: (name: string) => `Messages with ${name}`,
  host: "Host",
  guest: "Guest",
  here: "Here now",
  away: "Away",
  typing: (name: string) => `${name} is writing …`,
  older: "Earlier messages",
  readingOlder: "Reading earlier messages …",
  olderFailed: "Earlier messages could not be read. Try again",
  begin: "This is the beginning of your conversation.",
  emptyTitle: "Say hello",
  empty: (name: string) => `${name} sees what you write here at once, or on the next visit.`,
  today: "Today",
  yesterday: "Yesterday",
  newMessages: "New",
  toNewest: "To the newest",
  toNew: "New messages",
  sending: "Sending …",
  waits: "Waits for a connection",
  sent: "Sent",
  read: "Read",
  notSent: "Not sent",
  again: "Send again",
  drop: "Remove",
  you: "You",
  write: "Message",
  placeholder: (name: string) => `Write to ${name}`,
  send: "Send",
  tooLong: (most: string) => `A message can have ${most} characters. Yours is kept: shorten it.`,
  reload: "Load it again",
} as const;

/** What a room's state means to whoever writes in it; nothing where all is well. */
export const statusWords: Record<RoomStatus, string> = {
  connecting: "Connecting …",
  live: "",
  offline: "No connection. What you write waits here and is sent when it is back.",
  refused: "This conversation is closed to you, or you are signed out.",
  outdated: "Dokkerr has a newer version. Load it again to go on talking.",
};

/** Why a message was refused for what it is. */
export const refusalWords: Partial<Record<FrameErrorCode, string>> = {
  "too-long": "It is too long.",
  "empty": "There is nothing in it.",
  "too-large": "It is too long.",
};
