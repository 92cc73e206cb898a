import { failureCode, failureWords } from "../text/failures.ts";
import { CareIcon } from "./icons.tsx";

interface FailureBoxProps {
  error: unknown;
  onRetry?: () => void;
}

const words = { again: "Try again", home: "To the search" };

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
