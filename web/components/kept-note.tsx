import { formatMoment } from "../text/format-time.ts";
import { words } from "./kept-note-words.ts";

interface KeptNoteProps {
  nowMs: number;
  /** ISO 8601. */
  asOf: string;
  isWhole: boolean;
  locale: string;
}

/** Says that this device itself has made the answer, and how old it is. */
export function KeptNote({ asOf, isWhole, nowMs, locale }: KeptNoteProps) {
  return (
    <p class="notice" role="status">
      <span>
        {words.kept(formatMoment(asOf, nowMs, locale))} {!isWhole && words.inPart}
      </span>
    </p>
  );
}
