import type { Fit } from "../../shared/fit.ts";
import { ruleWords, verdictWords } from "../text/dock-words.ts";
import { CareIcon, CheckIcon, CloseIcon, UnknownIcon } from "./icons.tsx";
import "./fit-badge.css";

const ICONS = { fits: CheckIcon, conditional: CareIcon, no: CloseIcon, unknown: UnknownIcon };

/** The verdict by icon, word and colour. */
export function FitBadge({ fit }: { fit: Fit }) {
  const Icon = ICONS[fit.verdict];
  return (
    <span class={`fit fit-${fit.verdict}`}>
      <Icon size={15} /> {verdictWords[fit.verdict]}
    </span>
  );
}

/** Every rule with what was compared, the decisive ones first. */
export function FitReasons({ fit }: { fit: Fit }) {
  const order = ["no", "unknown", "conditional", "fits"];
  const reasons = [...fit.reasons].sort(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict),
  );
  return (
    <ul class="fit-reasons">
      {reasons.map((reason) => {
        const Icon = ICONS[reason.verdict];
        return (
          <li key={reason.rule + reason.code}>
            <span class={`fit-dot fit-${reason.verdict}`}>
              <Icon size={14} />
              <span class="sr-only">{verdictWords[reason.verdict]}:</span>
            </span>
            <span>
              <b>{ruleWords[reason.rule]}</b> {reason.text}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
