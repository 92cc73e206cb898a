export const words = {
  title: "Messages",
  why: "Your conversations with hosts and guests are kept with your account.",
  none: "No conversations yet",
  noneText: "Ask a host about a berth, or book one: what you write to each other is here.",
  find: "Find a berth",
  withHost: (name: string) => `${name}, host`,
  withGuest: (name: string) => `${name}, guest`,
  own: (text: string) => `You: ${text}`,
  /** What a message without words is. */
  shows: {
    text: "",
    photo: "A picture",
    berth: "Where the berth lies",
    booking: "News of a booking",
    deleted: "Deleted message",
  },
  nothingYet: "Nothing written yet",
  unread: { one: "# new message", other: "# new messages" },
} as const;
