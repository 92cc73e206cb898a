import { useId, useState } from "preact/hooks";
import type { SearchItem } from "../../shared/api.ts";
import { kindWords } from "../text/dock-words.ts";
import { formatDistance, formatLength, formatMoney } from "../text/format.ts";
import type { LengthUnit } from "../text/format.ts";
import { DockPlan } from "./dock-plan.tsx";
import { FitBadge } from "./fit-badge.tsx";
import { InstantIcon } from "./icons.tsx";
import { useModule } from "./use-module.ts";
import { words } from "./dock-card-words.ts";
import "./dock-card.css";

interface DockCardProps {
  item: SearchItem;
  href: string;
  unit: LengthUnit;
  locale: string;
  isLit?: boolean;
  onPoint?: (id: number | null) => void;
}

const loadReasons = () => import("./fit-reasons.tsx");

/** One dock of a list: its picture, what it is, whether she fits, what the stay costs. */
export function DockCard({ item, href, unit, locale, isLit, onPoint }: DockCardProps) {
  const [isOpen, setOpen] = useState(false);
  const reasonsId = useId();
  const reasons = useModule(loadReasons, isOpen);
  const { fit, price } = item;
  return (
    <article
      class={isLit ? "dock-card lit" : "dock-card"}
      onPointerEnter={() => onPoint?.(item.id)}
      onPointerLeave={() => onPoint?.(null)}
    >
      <div class="dock-card-picture">
        {item.photo
          ? <img src={item.photo} alt="" loading="lazy" width="320" height="240" />
          : <DockPlan id={item.id} kind={item.kind} depthCm={item.depthCm} />}
      </div>
      <div class="dock-card-text">
        <h3>
          <a href={href}>{item.name}</a>
        </h3>
        <p class="dock-card-where">
          {kindWords[item.kind]} · {item.harbourName}, {item.country}
        </p>
        <p class="dock-card-facts num">
          <span>{words.maxLoa(formatLength(item.maxLoaCm, unit, locale))}</span>
          {item.depthCm !== null && (
            <span>{words.deep(formatLength(item.depthCm, unit, locale))}</span>
          )}
          {item.distanceM !== null && <span>{formatDistance(item.distanceM, unit, locale)}</span>}
          {item.instantBook && (
            <span class="dock-card-instant" title={words.instant}>
              <InstantIcon size={15} />
              <span class="sr-only">{words.instant}</span>
            </span>
          )}
        </p>
        <div class="dock-card-foot">
          {fit && (
            <button
              type="button"
              class="dock-card-fit"
              aria-expanded={isOpen}
              aria-controls={reasonsId}
              onClick={() => setOpen(!isOpen)}
            >
              <FitBadge fit={fit} />
              <span class="sr-only">{words.why}</span>
            </button>
          )}
          {price && (
            <p class="dock-card-price num">
              <b>{formatMoney(price.totalMinor, price.currency, locale)}</b>{" "}
              <span class="sr-only">{words.from}</span>
              <small>
                {words.night(formatMoney(price.nightlyMinor, price.currency, locale))}
              </small>
            </p>
          )}
        </div>
        <div id={reasonsId} hidden={!isOpen} class="dock-card-reasons">
          {reasons && fit && <reasons.FitReasons fit={fit} unit={unit} locale={locale} />}
        </div>
      </div>
    </article>
  );
}

/** Where a card will be: the same height, so that nothing jumps. */
export function DockCardSkeleton() {
  return <div class="dock-card skeleton" aria-hidden="true" />;
}
