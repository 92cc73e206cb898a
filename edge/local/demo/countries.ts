import type { Plug } from "../../../shared/boat.ts";
import type { Datum } from "../../../shared/dock.ts";

/** What a harbour's country decides for the docks in it. */
export interface CountryHabits {
  currency: string;
  /** Price of a metre for a night, in euros, before season and luck. */
  eurosPerMetre: number;
  /** Value-added or sales tax on a berth, percent. */
  taxPercent: number;
  depthDatum: Datum;
  overheadDatum: Datum;
  power: PowerHabit;
  /** How boats lie there, by share. */
  berthing: Berthing;
}

interface Socket {
  plug: Plug;
  volts: number;
  amps: number;
  phases: 1 | 3;
}

/** The country's outlets for boats of up to about 11 m, 18 m, 35 m, and above. */
export interface PowerHabit {
  small: Socket;
  large: Socket;
  huge: Socket;
  giant: Socket;
}

export type Berthing = "fingers" | "stern_to" | "boxes" | "moorings";

/** Countries with demo docks, by the currency that a harbour there bills in. */
const COUNTRIES_BY_CURRENCY: Record<string, string> = {
  AED: "AE",
  ALL: "AL",
  AUD: "AU CC CX KI NF NR TV",
  BBD: "BB",
  BHD: "BH",
  BMD: "BM",
  BRL: "BR",
  BSD: "BS",
  BZD: "BZ",
  CAD: "CA",
  CLP: "CL",
  CNY: "CN",
  COP: "CO",
  CRC: "CR",
  CVE: "CV",
  DKK: "DK FO GL",
  DOP: "DO",
  EGP: "EG",
  EUR:
    "AD AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LV MC ME MF MQ MT NL PM PT RE SI SM YT",
  FJD: "FJ",
  GBP: "GB GG IM JE",
  GEL: "GE",
  GIP: "GI",
  GTQ: "GT",
  HKD: "HK",
  HNL: "HN",
  IDR: "ID",
  ILS: "IL",
  INR: "IN",
  ISK: "IS",
  JMD: "JM",
  JPY: "JP",
  KES: "KE",
  KRW: "KR",
  KWD: "KW",
  KYD: "KY",
  LKR: "LK",
  MAD: "MA",
  MUR: "MU",
  MVR: "MV",
  MXN: "MX",
  MYR: "MY",
  NAD: "NA",
  NOK: "NO SJ",
  NZD: "CK NU NZ PN TK",
  OMR: "OM",
  PEN: "PE",
  PGK: "PG",
  PHP: "PH",
  PLN: "PL",
  QAR: "QA",
  RON: "RO",
  SBD: "SB",
  SCR: "SC",
  SEK: "SE",
  SGD: "SG",
  THB: "TH",
  TND: "TN",
  TOP: "TO",
  TRY: "TR",
  TTD: "TT",
  TWD: "TW",
  USD: "AS BQ EC FM GU MH MP PA PR PW SV TC TL US VG VI",
  UYU: "UY",
  VND: "VN",
  VUV: "VU",
  WST: "WS",
  XCD: "AG AI DM GD KN LC MS VC",
  XOF: "CI SN",
  XPF: "NC PF WF",
  ZAR: "ZA",
};

const CURRENCY_BY_COUNTRY = new Map(
  Object.entries(COUNTRIES_BY_CURRENCY).flatMap(([currency, countries]) =>
    countries.split(" ").map((country) => [country, currency] as const)
  ),
);

const DEAR: Record<string, number> = {
  AD: 7,
  BL: 9,
  BM: 8,
  BS: 6,
  FR: 4.6,
  HR: 6.5,
  IT: 7.5,
  KY: 7,
  MC: 12,
  ME: 5.5,
  MT: 5,
  US: 8.5,
  VG: 6.5,
  VI: 6,
  ES: 5.6,
  GB: 4.6,
  AU: 5.2,
  CA: 4.8,
  NZ: 4,
  JP: 4.5,
  GR: 3.6,
  TR: 4.4,
  NO: 3.2,
  SE: 2.9,
  DK: 2.6,
  DE: 2.5,
  NL: 2.4,
  FI: 2.7,
  IE: 3.4,
  PT: 3.9,
  CY: 3.8,
  SI: 5,
};

const TAX: Record<string, number> = {
  AU: 10,
  BE: 21,
  CA: 13,
  CY: 19,
  DE: 19,
  DK: 25,
  EE: 24,
  ES: 21,
  FI: 25.5,
  FJ: 12.5,
  FR: 20,
  GB: 20,
  GR: 24,
  HR: 13,
  IE: 23,
  IT: 22,
  JP: 10,
  MC: 20,
  MT: 18,
  MX: 16,
  NL: 21,
  NO: 25,
  NZ: 15,
  PL: 23,
  PT: 23,
  SE: 25,
  SI: 22,
  TR: 20,
  ZA: 15,
};

const US_STYLE =
  "AG AI AS BB BM BQ BS BZ CA CR DM DO FM GU HN KN KY LC MH MP MX PA PR PW TC US VC VG VI";
const MLLW_CHARTS = "AS BS FM GU MH MP PH PR PW US VI";
const MEAN_SEA_CHARTS = "AX EE FI LT LV PL SE";
const SPRINGS_CHARTS = "BR EG IN KR LK";
const BOXES = "DE DK EE LT LV NL PL";
const STERN_TO = "AL BG CY EG ES FR GE GI GR HR IL IT MA MC ME MT RO SE SI TN TR FI AX";
const ISLANDS =
  "AG AI BB BL BQ BS CK DM FJ FM GD GP KI KN LC MF MH MQ MS MU MV NC NU PF PG PW SB SC TC TO TV VC VG VI VU WF WS YT";

const IEC: PowerHabit = {
  small: { plug: "cee_16", volts: 230, amps: 16, phases: 1 },
  large: { plug: "cee_32", volts: 230, amps: 32, phases: 1 },
  huge: { plug: "cee_63", volts: 400, amps: 63, phases: 3 },
  giant: { plug: "cee_125", volts: 400, amps: 125, phases: 3 },
};
const NEMA: PowerHabit = {
  small: { plug: "nema_l5_30", volts: 120, amps: 30, phases: 1 },
  large: { plug: "nema_ss2_50", volts: 240, amps: 50, phases: 1 },
  huge: { plug: "smartplug_50", volts: 240, amps: 50, phases: 1 },
  giant: { plug: "cee_125", volts: 480, amps: 100, phases: 3 },
};
const ANTIPODEAN: PowerHabit = {
  ...IEC,
  small: { plug: "domestic", volts: 230, amps: 15, phases: 1 },
};

/** The habits of a country, or undefined where Dokkerr shows no demo docks. */
export function habitsOf(country: string): CountryHabits | undefined {
  const currency = CURRENCY_BY_COUNTRY.get(country);
  if (currency === undefined) return undefined;
  const isIn = (countries: string) => countries.split(" ").includes(country);
  return {
    currency,
    eurosPerMetre: DEAR[country] ?? (isIn(ISLANDS) ? 3.4 : 2.2),
    taxPercent: TAX[country] ?? 0,
    depthDatum: isIn(MLLW_CHARTS)
      ? "MLLW"
      : isIn(MEAN_SEA_CHARTS)
      ? "MSL"
      : isIn(SPRINGS_CHARTS)
      ? "MLWS"
      : "LAT",
    overheadDatum: country === "PH" || country === "GU"
      ? "MHHW"
      : isIn(MLLW_CHARTS)
      ? "MHW"
      : isIn(MEAN_SEA_CHARTS)
      ? "MSL"
      : isIn(SPRINGS_CHARTS) || country === "JP"
      ? "MHWS"
      : "HAT",
    power: isIn(US_STYLE)
      ? NEMA
      : country === "AU" || country === "NZ" || country === "FJ"
      ? ANTIPODEAN
      : IEC,
    berthing: isIn(BOXES)
      ? "boxes"
      : isIn(STERN_TO)
      ? "stern_to"
      : isIn(ISLANDS)
      ? "moorings"
      : "fingers",
  };
}

/** Every currency that demo docks bill in. */
export const DEMO_CURRENCIES: readonly string[] = Object.keys(COUNTRIES_BY_CURRENCY);
