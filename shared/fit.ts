import * as z from "zod/mini";

export const Verdict = z.enum(["fits", "conditional", "no", "unknown"]);
export type Verdict = z.infer<typeof Verdict>;

export const FitRule = z.enum([
  "length",
  "beam",
  "depth",
  "air_draft",
  "displacement",
  "power",
  "hull_type",
  "insurance",
]);
export type FitRule = z.infer<typeof FitRule>;

/**
 * One rule's answer. `code` says what was found in a word that clients translate; `needed` and
 * `available` are what was compared, in centimetres, kilograms or amps.
 */
export const FitReason = z.object({
  rule: FitRule,
  verdict: Verdict,
  code: z.string(),
  text: z.string(),
  needed: z.optional(z.number()),
  available: z.optional(z.number()),
});
export type FitReason = z.infer<typeof FitReason>;

/** May this boat lie here, these nights? The worst of its rules, with a reason for each. */
export const Fit = z.object({ verdict: Verdict, reasons: z.array(FitReason) });
export type Fit = z.infer<typeof Fit>;
