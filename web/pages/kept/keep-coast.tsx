import { useMemo, useState } from "preact/hooks";
import { areaToBbox } from "../../../shared/search-terms.ts";
import { type Bbox, bboxCentre } from "../../../shared/geo.ts";
import { landFilesOver } from "../../map/land-files.ts";
import { useApp } from "../../store/app-context.ts";
import { createCoasts } from "../../store/coasts.ts";
import type { Area } from "../../store/search-query.ts";
import { formatCount } from "../../text/format.ts";
import { formatPosition } from "../../text/position-text.ts";
import { words } from "./kept-words.ts";

/** Keeps the water that is searched on this device. */
export function KeepCoast({ area }: { area: Area }) {
  const { platform } = useApp();
  const coasts = useMemo(() => createCoasts({ ...platform, landFiles: landFilesOver }), [platform]);
  const [keptKey, setKeptKey] = useState("");
  const box = area.kind === "box"
    ? area.box
    : areaToBbox({ near: area.centre, radiusM: area.radiusM });
  const key = JSON.stringify(box);
  const progress = coasts.progress.value;
  const fault = coasts.fault.value;

  async function keep(): Promise<void> {
    const label = (area.kind === "near" && area.label) || nameOf(box);
    if (await coasts.keep(box, label)) setKeptKey(key);
  }

  return (
    <section class="keep-coast">
      {keptKey === key ? <p role="status">{words.done}</p> : progress
        ? (
          <>
            <label>
              {progress.of > 0
                ? words.keeping(
                  formatCount(progress.done, platform.locale),
                  formatCount(progress.of, platform.locale),
                )
                : words.starting}
              <progress
                {...(progress.of > 0 && { max: progress.of, value: progress.done })}
              />
            </label>
            <button type="button" class="button small" onClick={() => coasts.stop()}>
              {words.stop}
            </button>
          </>
        )
        : (
          <>
            <button type="button" class="button small" onClick={() => void keep()}>
              {words.keep}
            </button>
            <span class="muted small">{words.keepHint}</span>
          </>
        )}
      {fault && <p class="notice care" role="alert">{words.faults[fault]}</p>}
      <a class="small" href="/kept">{words.toKept}</a>
    </section>
  );
}

/** Where a piece of a map lies, for want of a name. */
function nameOf(box: Bbox): string {
  const { lat, lon } = bboxCentre(box);
  return formatPosition(lat, lon);
}
