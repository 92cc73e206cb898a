import type { Fit } from "../../shared/fit.ts";
import { verdictWords } from "../text/dock-words.ts";
import { CareIcon, CheckIcon, CloseIcon, UnknownIcon } from "./icons.tsx";
import "./fit-badge.css";

export const VERDICT_ICONS = {
  fits: CheckIcon,
  conditional: CareIcon,
  no: CloseIcon,
  unknown: UnknownIcon,
};

/** The verdict by icon, word and colour. */
export function FitBadge({ fit }: { fit: Fit }) {
  const Icon = VERDICT_ICONS[fit.verdict];
  return (
    <span class={`fit fit-${fit.verdict}`}>
      <Icon size={15} /> {verdictWords[fit.verdict]}
    </span>
  );
}
