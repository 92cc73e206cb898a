export const words = {
  label: (berth: string, boat: string) => `A berth for ${berth}, with a boat of ${boat} in it`,
  empty: (berth: string) => `A berth for ${berth}`,
} as const;
