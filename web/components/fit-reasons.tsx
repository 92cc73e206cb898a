import type { Fit } from "../../shared/fit.ts";
import type { LengthUnit } from "../text/format.ts";
import { reasonText } from "../text/reason-text.ts";
import { verdictWords } from "../text/dock-words.ts";
import { ruleWords } from "../text/rule-words.ts";
import { VERDICT_ICONS } from "./fit-badge.tsx";
import { TideWindows } from "./tide-windows.tsx";

interface FitReasonsProps {
  fit: Fit;
  unit: LengthUnit;
  locale: string;
  /** The dock's own; without it no times of tides are shown. */
  timeZone?: string;
}

/** Every rule with what was compared, the decisive ones first. */
export function FitReasons({ fit, unit, locale, timeZone }: FitReasonsProps) {
  const order = ["no", "unknown", "conditional", "fits"];
  const reasons = fit.reasons.toSorted(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict),
  );
  return (
    <ul class="fit-reasons">
      {reasons.map((reason) => {
        const Icon = VERDICT_ICONS[reason.verdict];
        return (
          <li key={reason.rule + reason.code}>
            <span class={`fit-dot fit-${reason.verdict}`}>
              <Icon size={14} />
              <span class="sr-only">{verdictWords[reason.verdict]}:</span>
            </span>
            <span>
              <b>{ruleWords[reason.rule]}</b> {reasonText(reason, unit, locale)}
              {reason.windows && timeZone && (
                <TideWindows windows={reason.windows} timeZone={timeZone} locale={locale} />
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
