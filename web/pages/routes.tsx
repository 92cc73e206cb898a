import type { ComponentType, JSX } from "preact";
import { Component } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../store/app-context.ts";
import { matchPath } from "../store/router.ts";
import { SearchPage } from "./search/search-page.tsx";
import { words } from "./shell/shell-words.ts";

/** What every page is given: the values in its address. */
export interface PageProps {
  params: Readonly<Record<string, string>>;
}

type Page = ComponentType<PageProps>;
type Load = () => Promise<{ default: Page }>;

// The search is where most begin: it comes with the shell. The rest comes when it is opened.
const PAGES: readonly (readonly [pattern: string, load: Load])[] = [
  ["/docks/:id", () => import("./dock/dock-page.tsx")],
  ["/docks/:id/book", () => import("./book/book-page.tsx")],
  ["/sign-in", () => import("./account/sign-in-page.tsx")],
  ["/sign-up", () => import("./account/sign-up-page.tsx")],
  ["/boats", () => import("./boats/boats-page.tsx")],
  ["/stays", () => import("./bookings/stays-page.tsx")],
  ["/stays/statement", () => import("./money/statement-page.tsx")],
  ["/bookings/:id", () => import("./bookings/booking-page.tsx")],
  ["/threads", () => import("./threads/threads-page.tsx")],
  ["/threads/:id", () => import("./threads/thread-page.tsx")],
  ["/kept", () => import("./kept/kept-page.tsx")],
  ["/host", () => import("./host/host-page.tsx")],
  ["/payouts", () => import("./money/earnings-page.tsx")],
  ["/host/docks/new", () => import("./host/new-dock-page.tsx")],
  ["/host/docks/:id", () => import("./host/host-dock-page.tsx")],
];
const loadNotFound: Load = () => import("./not-found-page.tsx");

interface Shown {
  key: string;
  Page: Page;
  params: Record<string, string>;
}

const loaded = new Map<Load, Page>();

/** The page of the address; the one before stays until the next one's script is here. */
export function Routes(): JSX.Element {
  const { router } = useApp();
  const { path, arrival } = router.location.value;
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<{ path: string; error: Error } | null>(null);
  const found = findPage(path);
  const Page = found.load ? loaded.get(found.load) : SearchPage;
  const current = Page ? { key: found.key, Page, params: found.params } : shown;

  useEffect(() => {
    const { load, key, params } = findPage(path);
    if (!load || loaded.has(load)) return setShown(null);
    globalThis.preloadPage?.(path);
    let left = false;
    load().then((module) => {
      loaded.set(load, module.default);
      if (!left) setShown({ key, Page: module.default, params });
    }, (error: Error) => left || setFailure({ path, error }));
    return () => {
      left = true;
    };
  }, [path]);

  // While the next page loads, the one before must still be known.
  const before = useRef(current);
  const visible = current ?? before.current;
  before.current = visible;

  const shownPath = useRef(path);
  useLayoutEffect(() => {
    if (!Page || shownPath.current === path) return;
    shownPath.current = path;
    scrollTo(0, arrival === "pop" ? Number(history.state?.y ?? 0) : 0);
    document.getElementById("main")?.focus({ preventScroll: true });
  });

  if (failure?.path === path) return <Broken isOld />;
  return (
    <>
      {!Page && <div class="route-loading" />}
      {visible && (
        <Guard key={visible.key}>
          <visible.Page params={visible.params} />
        </Guard>
      )}
    </>
  );
}

function findPage(path: string): { key: string; load?: Load; params: Record<string, string> } {
  if (path === "/") return { key: path, params: {} };
  for (const [pattern, load] of PAGES) {
    const params = matchPath(pattern, path);
    if (params) return { key: path, load, params };
  }
  return { key: path, load: loadNotFound, params: {} };
}

/** A page that breaks takes nothing else with it. */
class Guard extends Component<{ children: JSX.Element }, { error?: Error }> {
  static override getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error ? <Broken isOld={false} /> : this.props.children;
  }
}

function Broken({ isOld }: { isOld: boolean }) {
  return (
    <div class="page narrow stack" role="alert">
      <h1>{words.broken}</h1>
      <p class="muted">{isOld ? words.outOfDate : words.brokenText}</p>
      <div class="row">
        <button type="button" class="button primary" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </div>
    </div>
  );
}
