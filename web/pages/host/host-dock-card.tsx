import type { HostDock } from "../../api/host-api.ts";
import { DockPlan } from "../../components/dock-plan.tsx";
import { kindWords } from "../../text/dock-words.ts";
import { formatLength, formatMoney } from "../../text/format.ts";
import type { LengthUnit } from "../../text/format.ts";
import { StatusBadge } from "./status-badge.tsx";
import { words } from "./host-words.ts";

interface HostDockCardProps {
  dock: HostDock;
  unit: LengthUnit;
  locale: string;
}

/** One of the host's docks: what it is, and whether it is on sale. */
export function HostDockCard({ dock, unit, locale }: HostDockCardProps) {
  const { rate } = dock;
  const price = formatMoney(rate.minor, rate.currency, locale);
  const [photo] = dock.photos;
  return (
    <article class="host-dock-card">
      <div class="host-dock-picture">
        {photo
          ? <img src={photo.url} alt="" loading="lazy" width="120" height="90" />
          : <DockPlan id={dock.id} kind={dock.kind} depthCm={dock.depthCm ?? null} />}
      </div>
      <div>
        <h3>
          <a href={`/host/docks/${dock.id}`}>{dock.name}</a>
        </h3>
        <p class="muted small">{kindWords[dock.kind]} · {dock.harbour.name}</p>
        <p class="muted small num">
          {words.upTo(formatLength(dock.maxLoaCm, unit, locale))} ·{" "}
          {rate.basis === "per_night" ? words.perNight(price) : words.perMetreNight(price)}
        </p>
      </div>
      <StatusBadge status={dock.status} />
    </article>
  );
}
