import { ErrorBoundary, lazy, Route, Router } from "preact-iso";
import { useState } from "preact/hooks";
import { SearchPage } from "./search/search-page.tsx";
import { words } from "./shell/shell-words.ts";

// The search is where most begin: it comes with the shell. The rest comes when it is opened.
const DockPage = lazy(() => import("./dock/dock-page.tsx"));
const BookPage = lazy(() => import("./book/book-page.tsx"));
const SignInPage = lazy(() => import("./account/sign-in-page.tsx"));
const SignUpPage = lazy(() => import("./account/sign-up-page.tsx"));
const BoatsPage = lazy(() => import("./boats/boats-page.tsx"));
const StaysPage = lazy(() => import("./bookings/stays-page.tsx"));
const BookingPage = lazy(() => import("./bookings/booking-page.tsx"));
const ThreadsPage = lazy(() => import("./threads/threads-page.tsx"));
const ThreadPage = lazy(() => import("./threads/thread-page.tsx"));
const HostPage = lazy(() => import("./host/host-page.tsx"));
const NewDockPage = lazy(() => import("./host/new-dock-page.tsx"));
const HostDockPage = lazy(() => import("./host/host-dock-page.tsx"));
const NotFoundPage = lazy(() => import("./not-found-page.tsx"));

/** The pages by their addresses. */
export function Routes() {
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  if (error) return <Broken error={error} />;
  return (
    <ErrorBoundary onError={setError}>
      {isLoading && <div class="route-loading" />}
      <Router
        onLoadStart={() => setLoading(true)}
        onLoadEnd={() => setLoading(false)}
        onRouteChange={focusPage}
      >
        <Route path="/" component={SearchPage} />
        <Route path="/docks/:id" component={DockPage} />
        <Route path="/docks/:id/book" component={BookPage} />
        <Route path="/sign-in" component={SignInPage} />
        <Route path="/sign-up" component={SignUpPage} />
        <Route path="/boats" component={BoatsPage} />
        <Route path="/stays" component={StaysPage} />
        <Route path="/bookings/:id" component={BookingPage} />
        <Route path="/threads" component={ThreadsPage} />
        <Route path="/threads/:id" component={ThreadPage} />
        <Route path="/host" component={HostPage} />
        <Route path="/host/docks/new" component={NewDockPage} />
        <Route path="/host/docks/:id" component={HostDockPage} />
        <Route default component={NotFoundPage} />
      </Router>
    </ErrorBoundary>
  );
}

/** A new page is read from its heading, not from wherever the last link was. */
function focusPage(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
}

function Broken({ error }: { error: Error }) {
  // A part of an older build that the server no longer has fails to load.
  const isOld = /import|fetch|module/i.test(error.message);
  return (
    <div class="page narrow stack" role="alert">
      <h1>{words.broken}</h1>
      <p class="muted">{isOld ? words.outOfDate : words.brokenText}</p>
      <div class="row">
        <button type="button" class="button primary" onClick={() => location.reload()}>
          {words.reload}
        </button>
        <a class="button" href="/" target="_top">{words.search}</a>
      </div>
    </div>
  );
}
