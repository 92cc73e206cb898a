export const words = {
  label: "Connection and version",
  offline: "No connection.",
  kept: (moment: string) => `You see what this device has kept, as of ${moment}.`,
  nothing: "What you have opened before is still here.",
  booking: "Bookings need a connection: what you type is kept until there is one.",
  slow: (moment: string) =>
    `The connection is weak. You see what this device has kept, as of ${moment}.`,
  coasts: "Kept coasts",
  hide: "Hide this",
  newer: "A newer version of Dokkerr is ready.",
  load: "Load it",
  typed: "You have written something here that is not sent. Load it all the same?",
  loadAnyway: "Load it all the same",
  later: "Later",
} as const;
