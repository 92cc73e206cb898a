import { useEffect, useMemo } from "preact/hooks";
import { useApp } from "../../store/app-context.ts";
import { createHostDesk } from "../../store/host-desk.ts";
import { useTitle } from "../use-title.ts";
import { words } from "./host-words.ts";

/** A host's desk: requests to answer, bookings to come, docks. */
export default function HostPage() {
  const { http, platform } = useApp();
  const desk = useMemo(() => createHostDesk(http, platform.newKey), [http, platform]);
  useTitle(words.title);
  useEffect(() => void desk.load(), [desk]);
  return (
    <div class="page stack">
      <h1>{words.title}</h1>
      <ul class="stack">
        {desk.docks.value.map(({ id, name }) => (
          <li key={id}>
            <a href={`/host/docks/${id}`}>{name}</a>
          </li>
        ))}
      </ul>
      <a class="button primary" href="/host/docks/new">{words.newDock}</a>
    </div>
  );
}
