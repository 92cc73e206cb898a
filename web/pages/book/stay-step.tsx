import type { Dock } from "../../../shared/dock.ts";
import { nightCount } from "../../../shared/stay.ts";
import type { Stay } from "../../../shared/stay.ts";
import { DockPlan } from "../../components/dock-plan.tsx";
import { useApp } from "../../store/app-context.ts";
import { kindWords } from "../../text/dock-words.ts";
import { formatDate } from "../../text/format-time.ts";
import { words } from "./book-words.ts";

/** Where and when, with the dock's own times. */
export function StayStep({ dock, stay }: { dock: Dock; stay: Stay }) {
  const { platform: { locale } } = useApp();
  const photo = dock.photos[0];
  return (
    <section class="card book-stay" aria-label={words.stay}>
      <div class="book-picture">
        {photo
          ? <img src={photo.url} alt="" width={photo.width} height={photo.height} />
          : <DockPlan id={dock.id} kind={dock.kind} depthCm={dock.depthCm ?? null} />}
      </div>
      <div>
        <h2>{words.nights(nightCount(stay), locale)}</h2>
        <p class="muted">
          {kindWords[dock.kind]} · {dock.harbour.name}, {dock.harbour.country}
        </p>
        <dl class="book-dates">
          <div>
            <dt>{words.arrive}</dt>
            <dd>
              {formatDate(stay.from, locale, 0)} <span>{words.from(dock.checkInFrom)}</span>
            </dd>
          </div>
          <div>
            <dt>{words.leave}</dt>
            <dd>
              {formatDate(stay.to, locale, 0)} <span>{words.by(dock.checkOutBy)}</span>
            </dd>
          </div>
        </dl>
      </div>
    </section>
  );
}
