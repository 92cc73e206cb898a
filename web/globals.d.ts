/** Which build this client is, sent with every request. */
declare const __BUILD__: string;

/** The language whose words this build has. */
declare const __LANGUAGE__: "en" | "de" | "fr" | "es";

declare module "virtual:land-cells" {
  /** Part of the cells' file names; it changes when their content does. */
  export const landTag: string;
  /** By level of `LAND_LEVELS`: one character a cell, row by row, "1" where it has land. */
  export const landMasks: readonly string[];
}

/** Asks for all parts of the page of an address at once; the build defines it in the page's head. */
// oxlint-disable-next-line no-var -- a global of a page can be declared in no other way
declare var preloadPage: ((url: string) => void) | undefined;
