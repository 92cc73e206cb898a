/** A source whose licence asks to be named, or that deserves it. */
export interface Credit {
  name: string;
  /** The notice that the source asks for, as it is to be shown. */
  notice: string;
  url: string;
  licence: string;
}

/**
 * Whose data Dokkerr shows: in the client's footer and in the README. A tide station's own notice
 * (`tideStation.attribution`) goes beside what is predicted from it.
 */
export const CREDITS: readonly Credit[] = [
  {
    name: "Neaps tide database",
    notice:
      "Tide stations: Neaps tide database, with data of NOAA (public domain) and of the sources below; modified.",
    url: "https://github.com/openwatersio/tide-database",
    licence: "MIT",
  },
  {
    name: "TICON-4",
    notice:
      "Hart-Davis, M., Dettmering, D., Seitz, F. (2025), TICON-4: TIdal CONstants based on GESLA-4 sea-level records, SEANOE.",
    url: "https://doi.org/10.17882/109129",
    licence: "CC BY 4.0",
  },
  {
    name: "Kartverket",
    notice:
      "Norwegian tide stations: Kartverket / Norwegian Mapping Authority, Hydrographic Service.",
    url: "https://www.kartverket.no/en/api-and-data/terms-of-use",
    licence: "CC BY 4.0",
  },
  {
    name: "GeoNames",
    notice: "Place names: GeoNames.",
    url: "https://www.geonames.org/",
    licence: "CC BY 4.0",
  },
  {
    name: "Natural Earth",
    notice: "Land outlines: made with Natural Earth.",
    url: "https://www.naturalearthdata.com/",
    licence: "public domain",
  },
  {
    name: "Marine Regions",
    notice:
      "Countries of tide stations: Flanders Marine Institute, Maritime Boundaries Geodatabase.",
    url: "https://www.marineregions.org/",
    licence: "CC BY 4.0",
  },
];
