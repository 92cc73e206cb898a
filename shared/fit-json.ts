import type { PartialVessel } from "./boat.ts";
import { type FitDock, SEVERITY, type Water } from "./fit.ts";
import { FIT_CODES, FIT_RULES, type FitCode } from "./fit-rules.ts";
import { explainFit } from "./fit-text.ts";
import type { LocalDate } from "./stay.ts";

/** What each finding's JSON begins with, and how severe it is. */
const BEGINNINGS = new Map<FitCode, { text: string; severity: number }>();
for (const [code, [rule, verdict]] of Object.entries(FIT_CODES)) {
  const text = `{"rule":"${rule}","verdict":"${verdict}","code":"${code}","text":"`;
  // The keys of the table are the codes.
  BEGINNINGS.set(code as FitCode, { text, severity: SEVERITY.indexOf(verdict) });
}

/**
 * `fitBoat`'s answer as JSON where no tide windows are known, put together from texts: a page of docks needs a hundred reasons.
 * Their sentences hold nothing that JSON would escape.
 */
export function writeFit(
  dock: FitDock,
  vessel: PartialVessel,
  water: Water | undefined,
  departure?: LocalDate,
): string {
  let reasons = "";
  let worst = 0;
  for (let i = 0; i < FIT_RULES.length; i++) {
    const code = FIT_RULES[i]!(dock, vessel, water, departure, undefined);
    if (!code) continue;
    // Each code has its entry: they were made from the table of codes.
    const { text: beginning, severity } = BEGINNINGS.get(code)!;
    if (severity > worst) worst = severity;
    const { text, needed, available } = explainFit(code, dock, vessel, water, departure);
    if (reasons !== "") reasons += ",";
    reasons += `${beginning}${text}"`;
    if (needed !== undefined) reasons += `,"needed":${needed}`;
    if (available !== undefined) reasons += `,"available":${available}`;
    reasons += "}";
  }
  return `{"verdict":"${SEVERITY[worst]}","reasons":[${reasons}]}`;
}
