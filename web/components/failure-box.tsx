import { failureCode, failureWords } from "../text/failures.ts";
import { CareIcon } from "./icons.tsx";
import { words } from "./failure-box-words.ts";

interface FailureBoxProps {
  error: unknown;
  onRetry?: () => void;
}

/** A failure in words, with the way out of it. */
export function FailureBox({ error, onRetry }: FailureBoxProps) {
  const isGone = failureCode(error) === "not-found";
  return (
    <div class="notice bad" role="alert">
      <CareIcon />
      <div class="stack" style={{ "--gap": "8px" }}>
        <span>{failureWords(error)}</span>
        {isGone
          ? <a href="/">{words.home}</a>
          : onRetry && (
            <button type="button" class="link-button" onClick={onRetry}>{words.again}</button>
          )}
      </div>
    </div>
  );
}
