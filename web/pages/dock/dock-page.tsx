import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Dock } from "../../../shared/dock.ts";
import { circleToBbox } from "../../../shared/circle.ts";
import { BerthDrawing } from "../../components/berth-drawing.tsx";
import { DockPlan } from "../../components/dock-plan.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { FitBadge } from "../../components/fit-badge.tsx";
import { FitReasons } from "../../components/fit-reasons.tsx";
import { RangeCalendar } from "../../components/range-calendar.tsx";
import { useModule } from "../../components/use-module.ts";
import { useApp } from "../../store/app-context.ts";
import { readDockById } from "../../store/docks.ts";
import { boatOfAddress } from "../../store/chosen-boat.ts";
import { createDockVisit } from "../../store/dock-visit.ts";
import {
  dockHref,
  EMPTY_SEARCH,
  paramsToSearch,
  searchToParams,
} from "../../store/search-query.ts";
import { useThreadOpening } from "../threads/use-thread-opening.ts";
import { kindWords } from "../../text/dock-words.ts";
import type { PageProps } from "../routes.tsx";
import { PageSkeleton } from "../signed-in.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { BookingCard, PriceBar } from "./booking-card.tsx";
import { DockFacts } from "./dock-facts.tsx";
import { words } from "./dock-words.ts";
import "./dock-page.css";

/** One dock: what it is, whether she fits, when it is free and what it costs. */
export default function DockPage({ params }: PageProps) {
  const { http } = useApp();
  const id = params["id"]!;
  const dock = useResource(id, (signal) => readDockById(http, id, signal));
  const { status, value, error } = dock.state.value;
  useTitle(value ? `${value.name}, ${value.harbour.name}` : "");
  if (value) return <DockView key={value.id} dock={value} />;
  if (status === "failed") {
    return (
      <div class="page narrow">
        <FailureBox error={error} onRetry={() => void dock.load()} />
      </div>
    );
  }
  return <PageSkeleton />;
}

const loadMap = () => import("../../components/dock-map.tsx");

function DockView({ dock }: { dock: Dock }) {
  const { http, prefs, session, platform, router } = useApp();
  const { locale } = platform;
  const { unit, theme } = prefs.value.value;
  const { query } = router.location.value;
  const { vessel } = paramsToSearch(query);
  const boat = boatOfAddress(vessel, prefs.value.value.boat);
  const visit = useMemo(() => {
    const { from, to } = paramsToSearch(query);
    return createDockVisit(http, dock, platform.now(), from ? { from, to } : null);
    // The visit keeps the nights from here on, and writes them into the address.
  }, [dock]);
  const thread = useThreadOpening(dock.id);
  const stay = visit.stay.value;
  // An arrival without its departure is no stay yet.
  const picked = useSignal("");
  const loaCm = boat?.vessel.loaCm;
  const isSignedIn = Boolean(session.me.value);
  const boatKey = JSON.stringify(boat);
  const map = useModule(loadMap);

  useEffect(() => () => visit.stop(), [visit]);
  useEffect(() => {
    void visit.readNights(dock.lengthCm === undefined ? undefined : loaCm);
  }, [visit, loaCm]);
  useEffect(() => {
    void visit.readPrice(boat, isSignedIn);
  }, [visit, stay?.from, stay?.to, boatKey, isSignedIn]);

  function choose(from: string, to: string): void {
    visit.stay.value = to ? { from, to } : null;
    picked.value = to ? "" : from;
    router.go(dockHref(dock.id, { from: to && from, to, vessel }), true);
  }

  const quote = visit.quote.value.value;
  const around = searchToParams({
    ...EMPTY_SEARCH,
    ...paramsToSearch(query),
    area: { kind: "near", centre: dock.position, radiusM: 20_000, label: dock.harbour.name },
    vessel: boat?.vessel ?? {},
  });
  return (
    <div class="page dock-page">
      <p class="back-link">
        <a href={`/?${around}`}>{words.back}</a>
      </p>
      <div class="dock-gallery" data-count={dock.photos.length}>
        {dock.photos.length > 0
          ? dock.photos.slice(0, 5).map((photo) => (
            <img key={photo.id} src={photo.url} width={photo.width} height={photo.height} alt="" />
          ))
          : <DockPlan id={dock.id} kind={dock.kind} depthCm={dock.depthCm ?? null} isWide />}
      </div>
      <header class="dock-head">
        <h1>{dock.name}</h1>
        <p class="muted">
          {words.at(kindWords[dock.kind], dock.harbour.name, dock.harbour.country)}
        </p>
        <p class="muted small">{words.host(dock.host.name)}</p>
        {dock.status !== "published" && <p class="notice care">{words.notOpen}</p>}
      </header>
      <div class="dock-main">
        {dock.description && <p class="prose">{dock.description}</p>}
        <section class="card stack">
          <div class="row between">
            <h2>{words.fit}</h2>
            {quote && <FitBadge fit={quote.fit} />}
          </div>
          <BerthDrawing
            maxLoaCm={dock.maxLoaCm}
            maxBeamCm={dock.maxBeamCm ?? null}
            vessel={boat?.vessel ?? {}}
            unit={unit}
            locale={locale}
          />
          {quote
            ? (
              <FitReasons
                fit={quote.fit}
                unit={unit}
                locale={locale}
                timeZone={dock.timeZone}
              />
            )
            : <p class="muted">{loaCm === undefined ? words.fitNone : words.fitStay}</p>}
        </section>
        <section class="stack" id="nights" tabIndex={-1}>
          <div class="row between">
            <h2>{words.nights}</h2>
            <span class="muted small">
              {words.nightsHint(dock.minNights, dock.maxNights, locale)}
            </span>
          </div>
          {visit.isCalendarKnown.value
            ? (
              <RangeCalendar
                from={picked.value || (stay?.from ?? "")}
                to={picked.value ? "" : stay?.to ?? ""}
                min={visit.today}
                max={visit.lastDay}
                maxNights={dock.maxNights}
                isTaken={(night) => visit.taken.value.has(night)}
                locale={locale}
                onChange={choose}
              />
            )
            : <div class="skeleton" style={{ height: "342px" }} />}
        </section>
        <DockFacts dock={dock} unit={unit} locale={locale} />
        <section class="stack">
          <h2>{words.chart}</h2>
          {dock.positionBlurred && <p class="muted small">{words.blurred}</p>}
          <div class="dock-chart">
            {map && (
              <map.DockMap
                label={words.chart}
                pins={[{
                  id: dock.id,
                  position: dock.position,
                  label: dock.name,
                  title: dock.name,
                  verdict: quote?.fit.verdict ?? null,
                }]}
                view={circleToBbox(dock.position, 2_500)}
                locale={locale}
                theme={theme}
                tileUrl={import.meta.env["VITE_TILE_URL"]}
              />
            )}
          </div>
        </section>
      </div>
      <BookingCard
        dock={dock}
        visit={visit}
        boat={boat}
        onBoat={(next) =>
          router.go(dockHref(dock.id, { ...paramsToSearch(query), vessel: next }), true)}
        onMessage={thread.open}
        isOpeningThread={thread.isBusy}
      />
      {thread.error !== null && <FailureBox error={thread.error} />}
      <PriceBar dock={dock} visit={visit} boat={boat} />
    </div>
  );
}
