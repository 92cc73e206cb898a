import type { FitRule } from "../../shared/fit.ts";

export const ruleWords: Record<FitRule, string> = {
  length: "Length",
  beam: "Beam",
  depth: "Depth",
  air_draft: "Air draft",
  displacement: "Weight",
  power: "Shore power",
  hull_type: "Hull",
  insurance: "Insurance",
};
