export const words = { again: "Try again", home: "To the search" } as const;
