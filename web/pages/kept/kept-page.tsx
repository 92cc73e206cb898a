import { useEffect, useMemo } from "preact/hooks";
import { landFilesOver } from "../../map/land-files.ts";
import { useApp } from "../../store/app-context.ts";
import { createCoasts } from "../../store/coasts.ts";
import type { Coast, Coasts } from "../../store/coasts.ts";
import { EMPTY_SEARCH, searchToParams } from "../../store/search-query.ts";
import { formatCount } from "../../text/format.ts";
import { formatMoment } from "../../text/format-time.ts";
import { PageSkeleton } from "../signed-in.tsx";
import { useTitle } from "../use-title.ts";
import { words } from "./kept-words.ts";

/** The coasts on this device. */
export default function KeptPage() {
  const { platform } = useApp();
  const coasts = useMemo(() => createCoasts({ ...platform, landFiles: landFilesOver }), [platform]);
  useTitle(words.title);
  useEffect(() => {
    void coasts.read();
    return () => coasts.stop();
  }, [coasts]);
  const list = coasts.list.value;
  if (!list) return <PageSkeleton />;
  const fault = coasts.fault.value;
  return (
    <div class="page narrow stack">
      <h1>{words.title}</h1>
      <p class="muted">{words.intro}</p>
      {fault && <p class="notice care" role="alert">{words.faults[fault]}</p>}
      {list.length === 0
        ? (
          <div class="card stack">
            <h2>{words.none}</h2>
            <p class="muted">{words.noneText}</p>
            <a class="button" href="/">{words.find}</a>
          </div>
        )
        : (
          <ul class="coasts">
            {list.map((coast) => (
              <li key={coast.id} class="card">
                <CoastCard coast={coast} coasts={coasts} />
              </li>
            ))}
          </ul>
        )}
      <p class="muted small">
        {words.seen(formatBytes(coasts.seenBytes.value, platform.locale))}
      </p>
    </div>
  );
}

function CoastCard({ coast, coasts }: { coast: Coast; coasts: Coasts }) {
  const { platform } = useApp();
  const { locale } = platform;
  const { id, label, box, bytes, asOfMs } = coast;
  const isBusy = coasts.progress.value !== null;
  const search = searchToParams({ ...EMPTY_SEARCH, area: { kind: "box", box } });
  return (
    <>
      <h2>{label}</h2>
      <p class="muted small num">
        {words.asOf(formatMoment(new Date(asOfMs).toISOString(), platform.now(), locale))} ·{" "}
        {formatBytes(bytes, locale)}
      </p>
      <div class="row">
        <a class="button small" href={`/?${search}`}>{words.search}</a>
        <button
          type="button"
          class="button small"
          disabled={isBusy}
          onClick={() => void coasts.keep(box, label, id)}
        >
          {isBusy ? words.starting : words.renew}
        </button>
        <button
          type="button"
          class="button small quiet"
          onClick={() => confirm(words.forgetSure) && void coasts.forget(id)}
        >
          {words.forget}
        </button>
      </div>
    </>
  );
}

function formatBytes(bytes: number, locale: string): string {
  return bytes < 1e6
    ? `${formatCount(Math.ceil(bytes / 1e3), locale)} kB`
    : `${(bytes / 1e6).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`;
}
