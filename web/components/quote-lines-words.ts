export const words = {
  total: "Total",
  deposit: "Deposit, given back",
} as const;
