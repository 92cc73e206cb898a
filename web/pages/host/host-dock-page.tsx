import { useEffect, useMemo, useRef } from "preact/hooks";
import type { HostDock } from "../../api/host-api.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { createHostDock } from "../../store/host-dock.ts";
import type { HostDockStore } from "../../store/host-dock.ts";
import { kindWords } from "../../text/dock-words.ts";
import { failureCode, failureWords } from "../../text/failures.ts";
import type { PageProps } from "../routes.tsx";
import { PageSkeleton, SignedIn } from "../signed-in.tsx";
import { useTitle } from "../use-title.ts";
import { DockEditForm } from "./dock-edit-form.tsx";
import { DockNights } from "./dock-nights.tsx";
import { fieldNames } from "./field-names.ts";
import { words } from "./host-words.ts";
import { StatusBadge } from "./status-badge.tsx";
import "./host.css";
import "./host-form.css";

/** One dock at its host's: on sale or not, its nights, its values. */
export default function HostDockPage({ params }: PageProps) {
  const id = params["id"] ?? "";
  return <SignedIn why={words.why}>{(me) => <ManagedDock key={me.id + id} id={id} />}</SignedIn>;
}

function ManagedDock({ id }: { id: string }) {
  const { http, platform, router } = useApp();
  const store = useMemo(() => createHostDock({ http, id, kept: platform.tab }), [
    http,
    platform,
    id,
  ]);
  useEffect(() => void store.load(), [store]);
  const dock = store.dock.value;
  useTitle(dock?.name ?? words.title);
  const status = store.status.value;
  if (status === "failed") {
    return (
      <div class="page narrow">
        <FailureBox error={store.error.value} onRetry={() => void store.load()} />
      </div>
    );
  }
  if (status === "not-yours") {
    return (
      <div class="page narrow stack">
        <h1>{words.notYours}</h1>
        <p class="muted">{words.notYoursText}</p>
        <div class="row">
          <a class="button primary" href={`/docks/${id}`}>{words.see}</a>
          <a class="button" href="/host">{words.back}</a>
        </div>
      </div>
    );
  }
  if (!dock) return <PageSkeleton />;

  const { tab, made } = router.location.value.query;
  const shown = tab === "edit" || (tab !== "nights" && dock.status === "draft") ? "edit" : "nights";
  return (
    <div class="page stack host-dock">
      <header class="stack">
        <a class="small" href="/host">{words.back}</a>
        <div class="row between">
          <div>
            <h1>{dock.name}</h1>
            <p class="muted">{kindWords[dock.kind]} · {dock.harbour.name}</p>
          </div>
          <StatusBadge status={dock.status} />
        </div>
        <Sale store={store} dock={dock} made={made} />
      </header>
      <nav class="host-tabs" aria-label={dock.name}>
        {(["nights", "edit"] as const).map((name) => (
          <a
            key={name}
            href={`/host/docks/${id}?tab=${name}`}
            aria-current={shown === name ? "page" : undefined}
          >
            {words.tabs[name]}
          </a>
        ))}
      </nav>
      {shown === "edit" ? <DockEditForm store={store} /> : <DockNights dock={dock} />}
    </div>
  );
}

const MADE_TEXT: Record<string, readonly [tone: string, text: string]> = {
  published: ["good", words.newPublished],
  draft: ["", words.newDraft],
  failed: ["care", words.newFailed],
};

const SALE_TEXT = {
  draft: words.draftText,
  published: words.publishedText,
  paused: words.pausedText,
  maintenance: words.maintenanceText,
};

interface SaleProps {
  store: HostDockStore;
  dock: HostDock;
  /** What became of it when it was just made. */
  made: string | undefined;
}

/** Whether the dock is on sale, and the way to change that. */
function Sale({ store, dock, made }: SaleProps) {
  const doing = store.doing.value;
  const refusal = store.refusal.value;
  // The news holds until the dock is moved on.
  const isNews = made !== undefined && (made === "published") === (dock.status === "published");
  const [tone, text] = (isNews && MADE_TEXT[made]) || ["", SALE_TEXT[dock.status]];
  return (
    <>
      <div class={`row between host-sale ${tone}`}>
        <output>{text}</output>
        <div class="row">
          {dock.status !== "draft" && (
            <a class="button small" href={`/docks/${dock.id}`}>{words.see}</a>
          )}
          {dock.status === "published"
            ? (
              <button
                type="button"
                class="button small"
                disabled={doing !== null}
                onClick={() => void store.setSale("pause")}
              >
                {doing === "pause" ? words.pausing : words.pause}
              </button>
            )
            : (
              <button
                type="button"
                class="button small primary"
                disabled={doing !== null}
                onClick={() => void store.setSale("publish")}
              >
                {doing === "publish"
                  ? words.publishing
                  : dock.status === "paused"
                  ? words.publishAgain
                  : words.publish}
              </button>
            )}
        </div>
      </div>
      {refusal !== undefined && failureCode(refusal) !== "stale" && (
        <p class="notice bad" role="alert">{failureWords(refusal)}</p>
      )}
      <Met store={store} />
    </>
  );
}

/** Explains a change that somebody else made while this one was being written. */
function Met({ store }: { store: HostDockStore }) {
  const merged = store.merged.value;
  const { locale } = useApp().platform;
  const box = useRef<HTMLDivElement>(null);
  // Who saves stands at the end of a long form.
  useEffect(() => box.current?.scrollIntoView({ block: "center" }), [merged]);
  if (!merged) return null;
  const list = (names: typeof merged.taken) =>
    new Intl.ListFormat(locale).format([...new Set(names.map((name) => fieldNames[name]))]);
  return (
    <div ref={box} class="notice care" role="alert">
      <div class="stack host-met">
        <b>{words.metTitle}</b>
        <span>{words.metText}</span>
        {merged.taken.length > 0 && <span>{words.metTaken(list(merged.taken))}</span>}
        {merged.disputed.length > 0 && <span>{words.metDisputed(list(merged.disputed))}</span>}
        <span>{words.metSave}</span>
      </div>
    </div>
  );
}
