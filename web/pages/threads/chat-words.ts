import type { FrameErrorCode, MessageFlag } from "../../../shared/chat.ts";
import type { ReportReason } from "../../../shared/report.ts";
import type { RoomStatus } from "../../room/connect-room.ts";

export const words = {
  back: "All messages",
  title: (name: string) => `${name}: messages`,
  log: (name: string) => `Messages with ${name}`,
  host: "Host",
  guest: "Guest",
  here: "Here now",
  away: "Away",
  lastSeen: (moment: string) => `Last here ${moment}`,
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
  sendingPart: (percent: string) => `Sending, ${percent}`,
  waits: "Waits for a connection",
  sent: "Sent",
  read: "Read",
  edited: "edited",
  deleted: "Deleted",
  youDeleted: "You deleted this message",
  notSent: "Not sent",
  again: "Send again",
  drop: "Remove",
  you: "You",
  write: "Message",
  placeholder: (name: string) => `Write to ${name}`,
  send: "Send",
  tooLong: (most: string) => `A message can have ${most} characters. Yours is kept: shorten it.`,
  emptyEdit: "There is nothing in it. To take the message back, delete it.",
  reload: "Load it again",

  more: (excerpt: string) => excerpt ? `More about: ${excerpt}` : "More about this message",
  edit: "Edit",
  delete: "Delete",
  report: "Report",
  editing: "You are editing a message",
  save: "Save",
  cancel: "Cancel",
  saving: "Saving …",
  deleting: "Being deleted …",
  notEdited: "Not changed",
  notDeleted: "Not deleted",
  changeAgain: "Try again",
  leaveIt: "Leave it",
  deleteTitle: "Delete this message?",
  deleteText: (name: string) =>
    `Its words and its picture are erased for you and for ${name}. That it was there stays visible.`,
  keep: "Keep it",

  attach: "Add a picture or the berth’s place",
  photo: "Picture",
  camera: "Take a photo",
  berth: "Where the berth lies",
  berthTitle: "The berth",
  onMap: "Show on the map",
  staged: "Pictures to be sent",
  unstage: (name: string) => `Leave out ${name}`,
  readingPhoto: "Reading the picture …",
  noPicture: (name: string) => `${name}: this browser cannot read it as a picture.`,
  tooManyPhotos: (most: number) => `Only ${most} pictures can be sent at once.`,
  dropHere: "Let go to add the picture",
  photoOf: (name: string) => `Picture from ${name}`,
  enlarge: (name: string) => `Picture from ${name}: look at it large`,
  photoGone: "The picture cannot be shown now.",
  photoAgain: "Try again",
  close: "Close",

  menu: (name: string) => `${name}: report or block`,
  reportPerson: (name: string) => `Report ${name}`,
  block: (name: string) => `Block ${name}`,
  unblock: (name: string) => `Let ${name} write again`,
  blockText: (name: string) =>
    `Neither of you can write to the other until you take it back. What was written stays, and so ` +
    `do your bookings. ${name} is told only that the conversation is closed.`,
  blocked: (name: string) => `You have blocked ${name}. Neither of you can write here.`,
  closed: "This conversation is closed. What was written stays here.",
  notBlocked: "That did not work.",

  reportMessage: "Report this message",
  reportText: "The people who run Dokkerr read it. The other one is not told.",
  reason: "What is wrong?",
  note: "More about it, if you like",
  sendReport: "Send the report",
  reportSent: "Thank you. It will be read.",
  toBlock: (name: string) => `To stop messages from ${name}, block them too.`,
} as const;

export const reasonWords: Record<ReportReason, string> = {
  fraud: "Fraud: asks for money or details elsewhere",
  abuse: "Insults, threats or harassment",
  spam: "Advertising, or the same again and again",
  other: "Something else",
};

/** What to beware of in a message from somebody with whom no stay was agreed. */
export const flagWords: Record<MessageFlag, string> = {
  payment: "This asks for money outside Dokkerr, and no stay is agreed yet. What is paid " +
    "elsewhere cannot be given back by us. Links in it are switched off.",
  contact:
    "This holds contact details, and no stay is agreed yet. Talk and pay here until it is: " +
    "fraud begins by leading elsewhere.",
  link: "This leads to another site, and no stay is agreed yet. Never sign in or pay there.",
};

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
  "not-yours": "It is not there any more.",
  "no-attachment": "Its picture could not be taken over.",
};
