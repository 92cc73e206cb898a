import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Place } from "../../shared/api.ts";
import type { PartialVessel } from "../../shared/boat.ts";
import type { LengthUnit } from "../text/format.ts";

export const THEMES = ["auto", "light", "dark", "sunlight"] as const;
export type Theme = (typeof THEMES)[number];

/** The boat that searches are asked for: a saved one, or one described. */
export interface ChosenBoat {
  boatId?: string;
  name?: string;
  vessel: PartialVessel;
}

/** What this device remembers of its person. */
export interface Prefs {
  unit: LengthUnit;
  theme: Theme;
  currency: string;
  boat: ChosenBoat | null;
  recent: readonly Place[];
}

/** The part of `localStorage` that is used; every call may throw (full, refused). */
export interface KeptStrings {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export interface PrefsStore {
  value: Signal<Prefs>;
  set(change: Partial<Prefs>): void;
  remember(place: Place): void;
}

const KEY = "dokkerr.prefs";
/** Raise with the form of what is kept; what was kept in another form is forgotten. */
const VERSION = 1;
const MAX_RECENT = 5;

const FEET_REGIONS = /-(US|LR|MM|BS|KY|VG|VI|PR)$/;
const CURRENCY_BY_REGION: Record<string, string> = {
  US: "USD",
  GB: "GBP",
  AU: "AUD",
  NZ: "NZD",
  CA: "CAD",
  NO: "NOK",
  SE: "SEK",
  DK: "DKK",
  CH: "CHF",
  JP: "JPY",
};

/** Preferences kept on this device; what a locale suggests until the person says otherwise. */
export function createPrefs(kept: KeptStrings, locale: string): PrefsStore {
  const value = signal<Prefs>({ ...suggested(locale), ...read(kept) });
  const set = (change: Partial<Prefs>) => {
    value.value = { ...value.value, ...change };
    try {
      kept.setItem(KEY, JSON.stringify({ version: VERSION, ...value.value }));
    } catch {
      // Storage full or refused: the choice holds until the page is left.
    }
  };
  return {
    value,
    set,
    remember(place) {
      const others = value.value.recent.filter(({ id }) => id !== place.id);
      set({ recent: [place, ...others].slice(0, MAX_RECENT) });
    },
  };
}

function suggested(locale: string): Prefs {
  const region = locale.split("-").at(-1) ?? "";
  return {
    unit: FEET_REGIONS.test(locale) ? "ft" : "m",
    theme: "auto",
    currency: CURRENCY_BY_REGION[region] ?? "EUR",
    boat: null,
    recent: [],
  };
}

function read(kept: KeptStrings): Partial<Prefs> {
  try {
    const found: unknown = JSON.parse(kept.getItem(KEY) ?? "null");
    if (!isRecord(found) || found["version"] !== VERSION) return {};
    const { unit, theme, currency, boat, recent } = found;
    return {
      ...((unit === "m" || unit === "ft") && { unit }),
      ...(THEMES.some((name) => name === theme) && { theme: theme as Theme }),
      ...(typeof currency === "string" && /^[A-Z]{3}$/.test(currency) && { currency }),
      // Written by this version of this store, and nothing else writes this key.
      ...(isRecord(boat) && isRecord(boat["vessel"]) && { boat: boat as unknown as ChosenBoat }),
      ...(Array.isArray(recent) && { recent: recent.filter(isPlace) }),
    };
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlace(value: unknown): value is Place {
  return isRecord(value) && typeof value["name"] === "string" &&
    typeof value["lat"] === "number" && typeof value["lon"] === "number";
}
