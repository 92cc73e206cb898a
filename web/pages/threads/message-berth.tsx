import type { MessageBerth } from "../../../shared/chat.ts";
import { PinIcon } from "../../components/icons.tsx";
import { formatPosition } from "../../text/position-text.ts";
import { words } from "./chat-words.ts";

/** How far around the berth the map shows, metres. */
const AROUND_M = 1_000;

/** Where the berth lies: its page, its position for a plotter, and the chart around it. */
export function BerthPlace({ berth }: { berth: MessageBerth }) {
  const { dockId, name, lat, lon } = berth;
  const query = new URLSearchParams({
    near: `${lat},${lon}`,
    radiusM: String(AROUND_M),
    at: name,
  });
  return (
    <div class="bubble-berth">
      <PinIcon />
      <div>
        <p>
          <span class="sr-only">{words.berthTitle}:</span>
          <a href={`/docks/${dockId}`}>{name}</a>
        </p>
        <p class="num">{formatPosition(lat, lon)}</p>
        <p>
          <a href={`/?${query}`}>{words.onMap}</a>
        </p>
      </div>
    </div>
  );
}
