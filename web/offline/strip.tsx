import type { ReadonlySignal } from "@preact/signals";
import { useState } from "preact/hooks";
import { formatMoment } from "../text/format-time.ts";
import type { OfflineState } from "./start-worker.tsx";
import { words } from "./strip-words.ts";

/** What one must know of the connection and the version, and only while there is something. */
export function OfflineStrip({ state }: { state: ReadonlySignal<OfflineState> }) {
  const { isOnline, asOf, hasNewer } = state.value;
  const [isPutOff, setPutOff] = useState(false);
  const [isAsking, setAsking] = useState(false);
  // Hidden until something else is to be said.
  const [hidden, setHidden] = useState("");
  const said = isOnline && asOf === null ? "" : describe(isOnline, asOf);

  function load(): void {
    // Nothing is loaded anew over what somebody is writing.
    if (!isAsking && hasTyped()) setAsking(true);
    else location.reload();
  }

  return (
    <aside class="strip" aria-label={words.label}>
      <div role="status">
        {said !== hidden && said !== "" && (
          <p class="notice care">
            <span>{said}</span> <a href="/kept">{words.coasts}</a>
            <button type="button" class="link-button" onClick={() => setHidden(said)}>
              {words.hide}
            </button>
          </p>
        )}
      </div>
      <div role="status">
        {hasNewer && !isPutOff && (
          <p class="notice">
            <span>{isAsking ? words.typed : words.newer}</span>
            <button type="button" class="link-button" onClick={load}>
              {isAsking ? words.loadAnyway : words.load}
            </button>
            <button type="button" class="link-button" onClick={() => setPutOff(true)}>
              {words.later}
            </button>
          </p>
        )}
      </div>
    </aside>
  );
}

function describe(isOnline: boolean, asOf: string | null): string {
  const moment = asOf && formatMoment(asOf, Date.now(), document.documentElement.lang);
  if (isOnline && moment) return words.slow(moment);
  return `${words.offline} ${moment ? words.kept(moment) : words.nothing} ${words.booking}`;
}

function hasTyped(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    "textarea, input:not([type=checkbox], [type=radio], [type=date])",
  );
  return Array.from(fields).some(({ value, defaultValue }) => value.trim() !== defaultValue.trim());
}
