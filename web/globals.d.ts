/** Which build this client is, sent with every request. */
declare const __BUILD__: string;

declare module "virtual:land-cells" {
  /** Folder of the cells' files, ending in a slash; it changes when their content does. */
  export const landBase: string;
  /** By level of `LAND_LEVELS`: one character a cell, row by row, "1" where it has land. */
  export const landMasks: readonly string[];
}
