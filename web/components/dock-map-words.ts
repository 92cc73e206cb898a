export const words = {
  zoomIn: "Closer",
  zoomOut: "Further away",
  taken: (title: string) => `${title}: just taken`,
  many: (count: string) => `${count} docks: show them`,
} as const;
