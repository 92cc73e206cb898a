export const words = {
  arrive: "Arrive",
  leave: "Leave",
  clear: "Clear",
  done: "Done",
  nights: { one: "# night", other: "# nights" },
} as const;
