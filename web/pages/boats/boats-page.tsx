import { useEffect, useMemo, useState } from "preact/hooks";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { createBoats } from "../../store/boats.ts";
import { safeBack } from "../../store/router.ts";
import { SignedIn } from "../signed-in.tsx";
import { useTitle } from "../use-title.ts";
import { BoatEditorView } from "./boat-editor-view.tsx";
import { BoatList } from "./boat-list.tsx";
import { words } from "./boats-words.ts";
import "./boats.css";

/** One's boats; `?new` adds one and `?boat=ID` changes one, after which `?back` is where one goes. */
export default function BoatsPage() {
  useTitle(words.title);
  return <SignedIn why={words.why}>{(me) => <OwnBoats key={me.id} />}</SignedIn>;
}

function OwnBoats() {
  const { http, prefs, platform, router } = useApp();
  const boats = useMemo(
    () => createBoats({ http, prefs, newKey: () => platform.newKey() }),
    [http, prefs, platform],
  );
  const [news, setNews] = useState("");
  useEffect(() => {
    void boats.list.load();
    return () => boats.list.stop();
  }, [boats]);

  const { status, value, error } = boats.list.state.value;
  const { query } = router.location.value;
  const asked = query["boat"];
  const seen = value?.find(({ id }) => id === asked);
  const isNew = query["new"] !== undefined;
  const isGone = asked !== undefined && value !== undefined && !seen;

  function done(text: string): void {
    setNews(text);
    router.go(query["back"] ? safeBack(query["back"]) : "/boats", true);
  }

  return (
    <div class="page boats-page">
      <output class="sr-only">{news}</output>
      {status === "failed" && <FailureBox error={error} onRetry={() => void boats.list.load()} />}
      {!value && status === "waiting" && <BoatsSkeleton />}
      {value && (isNew || seen
        ? (
          <BoatEditorView
            key={seen?.id ?? "new"}
            boats={boats}
            seen={seen}
            onSaved={(boat) => done(words.saved(boat.name))}
            onCancel={() => done("")}
          />
        )
        : (
          <BoatList
            boats={boats}
            items={value}
            news={isGone ? words.gone : news}
            onNews={setNews}
          />
        ))}
    </div>
  );
}

/** Where the boats will be. */
function BoatsSkeleton() {
  return (
    <div class="stack" aria-busy="true">
      <h1>{words.title}</h1>
      <div class="boat-grid">
        <div class="skeleton boat-skeleton" />
        <div class="skeleton boat-skeleton" />
      </div>
    </div>
  );
}
