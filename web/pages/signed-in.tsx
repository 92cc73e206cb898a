import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Me } from "../../shared/api.ts";
import { FailureBox } from "../components/failure-box.tsx";
import { useApp } from "../store/app-context.ts";
import { words } from "./signed-in-words.ts";

interface SignedInProps {
  /** Why one would sign in here. */
  why: string;
  children: (me: Me) => ComponentChildren;
}

/** Shows its page to who is signed in, and to others the way there and back. */
export function SignedIn({ why, children }: SignedInProps) {
  const { session, router } = useApp();
  const [error, setError] = useState<unknown>(null);
  const me = session.me.value;
  function ask(): void {
    setError(null);
    session.ready().catch(setError);
  }
  useEffect(ask, []);
  if (me) return <>{children(me)}</>;
  if (error) {
    return (
      <div class="page narrow">
        <FailureBox error={error} onRetry={ask} />
      </div>
    );
  }
  if (me === undefined) return <PageSkeleton />;
  const back = `?back=${encodeURIComponent(router.location.value.url)}`;
  return (
    <div class="page narrow stack">
      <h1>{words.title}</h1>
      <p class="muted">{why}</p>
      <div class="row">
        <a class="button primary" href={`/sign-in${back}`}>{words.signIn}</a>
        <a class="button" href={`/sign-up${back}`}>{words.signUp}</a>
      </div>
    </div>
  );
}

/** Where a page's content will be. */
export function PageSkeleton() {
  return (
    // As tall as the screen: the footer does not jump out of it when the page is here.
    <div class="page narrow stack" aria-busy="true" style={{ minHeight: "100dvh" }}>
      <div class="skeleton" style={{ height: "34px", width: "46%" }} />
      <div class="skeleton" style={{ height: "110px" }} />
      <div class="skeleton" style={{ height: "110px" }} />
    </div>
  );
}
