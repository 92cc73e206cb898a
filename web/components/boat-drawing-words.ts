export const words = {
  label: "The boat to scale, from the side and from ahead",
  loaCm: (text: string) => `length over all ${text}`,
  beamCm: (text: string) => `beam ${text}`,
  draftCm: (text: string) => `draft ${text}`,
  airDraftCm: (text: string) => `air draft ${text}`,
} as const;
