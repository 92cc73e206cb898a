export const words = { arrival: "Come in", departure: "Leave" } as const;
