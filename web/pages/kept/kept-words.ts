export const words = {
  title: "Kept on this device",
  intro:
    "Coasts that you keep can be searched with no signal: any nights, any boat, with prices and fit.",
  none: "No coast is kept yet",
  noneText: "Search a piece of water, then choose “Keep this coast” above its docks.",
  find: "To the search",
  asOf: (moment: string) => `As of ${moment}`,
  search: "Search it",
  renew: "Bring up to date",
  forget: "Remove",
  forgetSure: "Remove this coast from the device?",
  seen: (size: string) =>
    `What you looked at in passing takes ${size} more; the oldest goes first.`,
  keep: "Keep this coast",
  keepHint: "Search it later with no signal.",
  keeping: (done: string, of: string) => `Bringing it here: ${done} of ${of} parts`,
  starting: "Bringing it here …",
  stop: "Stop",
  done: "This coast is kept.",
  toKept: "All kept coasts",
  faults: {
    "offline": "The connection was lost. What has arrived is not shown until all of it is here.",
    "too-wide": "This is too much coast at once. Look closer on the map, and keep it in parts.",
    "no-room": "This device has no room left, or does not let pages keep anything.",
  },
} as const;
