import { batch, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { WaterChange } from "../../shared/chat.ts";
import type { Bbox } from "../../shared/geo.ts";
import type { Http } from "../api/http.ts";
import { readWaters } from "../api/threads-api.ts";
import { connectWaters } from "../room/connect-water.ts";

/** What happens in the water in view, as it happens. */
export interface WaterNews {
  /** Docks that were taken for some nights since the view was read, by id: to be faded. */
  taken: ReadonlySignal<ReadonlyMap<number, WaterChange>>;
  /** Grows when the view may have more than was read: nights were set free, or news was missed. */
  stale: ReadonlySignal<number>;
  /** Listens to the water of a view that was just read. */
  look(box: Bbox): Promise<void>;
  close(): void;
}

export interface WaterNewsOptions {
  http: Http;
  /** The nights that are looked for; a dock taken for others is not taken for this search. */
  nights: () => { from: string; to: string } | undefined;
  connect?: typeof connectWaters;
}

export function createWaterNews({ http, nights, connect }: WaterNewsOptions): WaterNews {
  const taken = signal<ReadonlyMap<number, WaterChange>>(new Map());
  const stale = signal(0);
  let asking: AbortController | undefined;
  /** The highest version heard of, by dock: what comes late is not how things stand. */
  const heard = new Map<number, number>();
  const waters = (connect ?? connectWaters)({
    onNews(changes) {
      batch(() => {
        const meant = changes.filter((change) => {
          const isLate = change.version < (heard.get(change.dockId) ?? 0);
          if (!isLate) heard.set(change.dockId, change.version);
          return !isLate && isMeant(change, nights());
        });
        if (meant.length === 0) return;
        const next = new Map(taken.value);
        for (const change of meant) {
          // The last one told is the last one of the map.
          const wasTaken = next.delete(change.dockId);
          if (change.what === "taken") next.set(change.dockId, change);
          else if (!wasTaken) stale.value += 1;
        }
        taken.value = next;
      });
    },
    onLost: () => void (stale.value += 1),
  });

  return {
    taken,
    stale,
    async look(box) {
      asking?.abort();
      const { signal: abort } = asking = new AbortController();
      taken.value = new Map();
      heard.clear();
      try {
        const rooms = await readWaters(http, box, abort);
        if (!abort.aborted) waters.look(rooms);
      } catch {
        // Nothing is missing without it but the news.
      }
    },
    close() {
      asking?.abort();
      waters.close();
    },
  };
}

/** Whether nights that are looked for were taken or set free. */
function isMeant(
  { what, from, to }: WaterChange,
  nights: { from: string; to: string } | undefined,
): boolean {
  if (what === "changed" || from === undefined || to === undefined) return false;
  return nights !== undefined && from < nights.to && nights.from < to;
}
