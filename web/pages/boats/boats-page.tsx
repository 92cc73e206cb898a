import { useEffect, useState } from "preact/hooks";
import type { Boat } from "../../../shared/boat.ts";
import { listBoats } from "../../api/boats-api.ts";
import { useApp } from "../../store/app-context.ts";
import { hullWords } from "../../text/boat-words.ts";
import { failureWords } from "../../text/failures.ts";
import { formatLength } from "../../text/format.ts";
import { useTitle } from "../use-title.ts";
import { words } from "./boats-words.ts";

/** One's boats. */
export default function BoatsPage() {
  const { http, prefs, platform } = useApp();
  const [boats, setBoats] = useState<readonly Boat[]>([]);
  const [error, setError] = useState<unknown>(null);
  useTitle(words.title);
  useEffect(() => void listBoats(http).then(setBoats, setError), [http]);
  return (
    <div class="page narrow stack">
      <h1>{words.title}</h1>
      {error !== null && <p class="notice bad" role="alert">{failureWords(error)}</p>}
      {boats.map(({ id, name, hullType, loaCm }) => (
        <article key={id} class="card">
          <h2>{name}</h2>
          <p class="muted">
            {hullWords[hullType]} · {formatLength(loaCm, prefs.value.value.unit, platform.locale)}
          </p>
        </article>
      ))}
    </div>
  );
}
