import type { PartialVessel } from "./boat.ts";
import { type FitDock, SEVERITY, type Water } from "./fit.ts";
import { FIT_CODES, FIT_RULES, type FitCode } from "./fit-rules.ts";
import { explainFit } from "./fit-text.ts";
import type { LocalDate } from "./stay.ts";

/** What is kept of a finding: how its JSON begins, how severe it is, and what was written of it. */
interface Finding {
  beginning: string;
  severity: number;
  written: Map<number, string>;
}

const FINDINGS = new Map<FitCode, Finding>();
for (const [code, [rule, verdict]] of Object.entries(FIT_CODES)) {
  const beginning = `{"rule":"${rule}","verdict":"${verdict}","code":"${code}","text":"`;
  const severity = SEVERITY.indexOf(verdict);
  // The keys of the table are the codes.
  FINDINGS.set(code as FitCode, { beginning, severity, written: new Map() });
}

const ENDS = SEVERITY.map((verdict) => `{"verdict":"${verdict}","reasons":[`);
/** Of each finding; boats and berths come in few sizes. */
const MOST_WRITTEN = 4_096;

/**
 * `fitBoat`'s answer as JSON where no tide windows are known, put together from texts: a page of
 * docks needs a hundred reasons, and the same ones again and again. Their sentences hold nothing
 * that JSON would escape.
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
    const finding = FINDINGS.get(code)!;
    if (finding.severity > worst) worst = finding.severity;
    const key = keyOf(code, dock, vessel, water);
    let reason = Number.isNaN(key) ? undefined : finding.written.get(key);
    if (reason === undefined) {
      reason = writeReason(finding, code, dock, vessel, water, departure);
      if (finding.written.size >= MOST_WRITTEN) finding.written.clear();
      if (!Number.isNaN(key)) finding.written.set(key, reason);
    }
    reasons = reasons === "" ? reason : `${reasons},${reason}`;
  }
  return `${ENDS[worst]}${reasons}]}`;
}

function writeReason(
  { beginning }: Finding,
  code: FitCode,
  dock: FitDock,
  vessel: PartialVessel,
  water: Water | undefined,
  departure: LocalDate | undefined,
): string {
  const { text, needed, available } = explainFit(code, dock, vessel, water, departure);
  const compared = needed === undefined ? "" : `,"needed":${needed}`;
  return `${beginning}${text}"${compared}${
    available === undefined ? "" : `,"available":${available}`
  }}`;
}

/** Both are below 2^25: two numbers in one that is exact. */
const SHIFT = 2 ** 26;

/**
 * What a finding's words depend on, as a number; NaN where that is more than two numbers. A change
 * of `explainFit` is a change here.
 */
function keyOf(
  code: FitCode,
  dock: FitDock,
  vessel: PartialVessel,
  water: Water | undefined,
): number {
  switch (code) {
    case "length-fits":
      return vessel.loaCm! * SHIFT + dock.maxLoaCm;
    case "beam-fits":
      return vessel.beamCm! * SHIFT + dock.maxBeamCm!;
    case "deep-enough":
      return vessel.draftCm! * SHIFT + (dock.depthLatCm! + (water?.lowCm ?? 0));
    case "clears-overhead":
      return vessel.airDraftCm! * SHIFT + (dock.overheadLatCm! - (water?.highCm ?? 0));
    case "light-enough":
      return vessel.displacementKg! * SHIFT + dock.maxDisplacementKg!;
    case "hull-taken":
      return vessel.hullType!.length * SHIFT + vessel.hullType!.charCodeAt(1);
    case "loa-unknown":
    case "beam-unknown":
    case "max-beam-unknown":
    case "draft-unknown":
    case "depth-unknown":
    case "air-draft-unknown":
    case "overhead-unknown":
    case "displacement-unknown":
    case "max-displacement-unknown":
    case "hull-unknown":
    case "insurance-unknown":
    case "departure-unknown":
      return 0;
    default:
      return NaN;
  }
}
