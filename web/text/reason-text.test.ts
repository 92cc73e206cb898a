import { describe, expect, test } from "vitest";
import { fitBoat, type FitDock } from "../../shared/fit.ts";
import { reasonText } from "./reason-text.ts";
import * as de from "./reason-words.de.ts";
import * as es from "./reason-words.es.ts";
import * as fr from "./reason-words.fr.ts";
import { reasonSentences } from "./reason-words.ts";

const DOCK: FitDock = {
  kind: "slip",
  maxLoaCm: 1_200,
  maxBeamCm: 400,
  depthLatCm: 250,
  hasOverhead: false,
  maxDisplacementKg: 9_000,
  outlets: [],
  hullTypes: ["mono", "multi", "power"],
  requiresInsurance: false,
};

describe("reasonText", () => {
  const { reasons } = fitBoat(
    DOCK,
    { loaCm: 1_097, beamCm: 410, draftCm: 180, displacementKg: 7_250, inlets: [] },
    { lowCm: 20, highCm: 300 },
  );
  const said = (unit: "m" | "ft") =>
    Object.fromEntries(reasons.map((reason) => [reason.code, reasonText(reason, unit, "en-GB")]));

  test("says what was compared in metres", () => {
    expect(said("m")).toMatchObject({
      "length-fits": "She is 10.97 m, the berth takes up to 12 m.",
      "too-wide": "She is 4.1 m wide, the berth takes up to 4 m.",
      "deep-enough": "Her draft and a margin need 2.1 m; at lowest water there are 2.7 m.",
      "light-enough": "She weighs 7.3 t, the berth bears up to 9 t.",
    });
  });

  test("and in feet", () => {
    expect(said("ft")).toMatchObject({
      "length-fits": "She is 36′, the berth takes up to 39′ 4″.",
      "deep-enough": "Her draft and a margin need 6′ 11″; at lowest water there are 8′ 10″.",
    });
  });

  test("a finding that this client does not know is told by the API", () => {
    const reason = { rule: "depth", verdict: "no", code: "toString", text: "It silts up" } as const;
    expect(reasonText(reason, "m", "en")).toBe("It silts up");
  });
});

describe.each([["en", reasonSentences], ["de", de.reasonSentences], ["fr", fr.reasonSentences], [
  "es",
  es.reasonSentences,
]])("the sentences in %s", (_language, sentences) => {
  const english = reasonSentences as Record<string, (a: string, b: string) => string>;
  const own = sentences as typeof english;
  test.each(Object.keys(english))("%s says the same values as the English one", (code) => {
    const values = (text: string) => text.match(/\b[78]{4}\b/g) ?? [];
    for (const needed of ["7777", ""]) {
      expect(values(own[code]!(needed, "8888"))).toEqual(values(english[code]!(needed, "8888")));
    }
  });
});
