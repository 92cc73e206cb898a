/** Countries by the script that their signs, charts and people write place names in, beside Latin. */
const COUNTRIES_BY_SCRIPT: Record<string, string> = {
  Arabic: "AE AF BH DJ DZ EG EH ER IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE",
  Armenian: "AM",
  Bengali: "BD",
  Cyrillic: "BA BG BY KG KZ ME MK MN RS RU TJ UA XK",
  Devanagari: "IN NP",
  Ethiopic: "ET",
  Georgian: "GE",
  Greek: "CY GR",
  Han: "CN HK JP MO SG TW",
  Hangul: "KP KR",
  Hebrew: "IL",
  Khmer: "KH",
  Lao: "LA",
  Myanmar: "MM",
  Sinhala: "LK",
  Thaana: "MV",
  Thai: "TH",
};

const SCRIPTS = new Map(
  Object.entries(COUNTRIES_BY_SCRIPT).flatMap(([script, countries]) => {
    // Japan writes its names in kana too, and its islands' in both.
    const pattern = script === "Han"
      ? "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]"
      : `\\p{Script=${script}}`;
    const begins = new RegExp(`^${pattern}`, "u");
    return countries.split(" ").map((country) => [country, begins] as const);
  }),
);

/** What a name in a country's own script begins with; undefined where that is Latin. */
export function scriptOf(country: string): RegExp | undefined {
  return SCRIPTS.get(country);
}
