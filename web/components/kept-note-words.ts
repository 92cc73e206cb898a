export const words = {
  kept: (moment: string) =>
    `From your device, as of ${moment}. Nights may have been taken since, and a booking needs a connection.`,
  inPart: "Only a part of this water is kept here.",
} as const;
