export const words = {
  zoomIn: "Closer",
  zoomOut: "Further away",
  many: (count: string) => `${count} docks: show them`,
} as const;
