import type { DockKind } from "../../shared/dock.ts";
import { type Bbox, bboxesMeet } from "../../shared/geo.ts";
import { quadkeyToBbox } from "../../shared/quadkey.ts";
import { areaToBbox, type WaterArea } from "../../shared/search-terms.ts";
import { gatherDocks, type Gathered } from "../../shared/summary-clusters.ts";
import type { SummaryCell, TileSummary } from "../../shared/tile-summary.ts";
import type { Sql } from "../platform/sql.ts";
import {
  partsToCells,
  refreshDockSummary,
  selectSample,
  selectSummaryParts,
} from "./summary-queries.ts";

/** What is gathered may be so old before it is gathered anew: counts need no more. */
const FRESH_MS = 30_000;
/** Older than that it is not shown: whoever asks waits. */
const STALE_MS = 60_000;
/** Changes of the last seconds may be missing from a new one: processes share the work. */
const REFRESH_SECONDS = 5;

/** Quadkeys that a view is gathered from: their cells are then a few dozen. */
const MOST_QUADKEYS = 4;
/** Cells below are single berths. */
const DEEPEST = 18;
/** Docks of each cell that a summary names. */
const SAMPLE_A_CELL = 3;
/** Quadkeys whose cells are kept: some 10 MB. */
const MOST_KEPT = 512;

interface Kept {
  cells: SummaryCell[];
  madeMs: number;
}

/** What lies in parts of the world that have too many docks to read each. */
export interface SummaryStore {
  /**
   * Docks of some kinds, or of all, in an area, gathered: at most about a minute old. The work is
   * the same for the whole world and for a bay.
   */
  gather(area: WaterArea, kinds: readonly DockKind[]): Promise<Gathered>;
  /** Another text whenever something else may be gathered: every half minute at the latest. */
  seen(): string;
  /**
   * What lies in a quadkey above the leaves, with some docks of it; undefined where no leaf below
   * it holds a dock.
   */
  summaryOf(quadkey: string): Promise<TileSummary | undefined>;
}

export interface SummaryStoreOptions {
  sql: Sql;
  now: () => number;
  /** Where work goes on after the answer. */
  background: (work: Promise<unknown>) => void;
}

/** Summaries in this process's memory, else by one statement over what Postgres has gathered. */
export function createSummaryStore({ sql, now, background }: SummaryStoreOptions): SummaryStore {
  /** In the order of use, the longest unused first. */
  const kept = new Map<string, Kept>();
  const loading = new Map<string, Promise<void>>();
  let loads = 0;

  async function load(quadkeys: readonly string[]): Promise<void> {
    const madeMs = now();
    await refreshDockSummary(sql, REFRESH_SECONDS);
    for (const found of await selectSummaryParts(sql, quadkeys)) {
      kept.delete(found.quadkey);
      kept.set(found.quadkey, { cells: partsToCells(found), madeMs });
    }
    loads++;
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
  }

  /** Loads what nobody loads yet; one load serves everybody who asks meanwhile. */
  async function loadAll(quadkeys: readonly string[]): Promise<void> {
    const missing = quadkeys.filter((quadkey) => !loading.has(quadkey));
    if (missing.length > 0) {
      const one = load(missing).finally(() => {
        for (const quadkey of missing) loading.delete(quadkey);
      });
      for (const quadkey of missing) loading.set(quadkey, one);
    }
    await Promise.all(quadkeys.map((quadkey) => loading.get(quadkey) ?? Promise.resolve()));
  }

  function ageOf(quadkey: string): number {
    const known = kept.get(quadkey);
    return known ? now() - known.madeMs : Infinity;
  }

  async function cellsOfAll(quadkeys: readonly string[]): Promise<SummaryCell[]> {
    const due = quadkeys.filter((quadkey) => ageOf(quadkey) >= FRESH_MS);
    if (due.length > 0) {
      const loaded = loadAll(due);
      if (due.some((quadkey) => ageOf(quadkey) >= STALE_MS)) {
        await loaded.catch((error: unknown) => {
          // Where the database is away, what is known serves on.
          if (!quadkeys.every((quadkey) => kept.has(quadkey))) throw error;
        });
      } else background(loaded.catch(() => {}));
    }
    return quadkeys.flatMap((quadkey) => kept.get(quadkey)?.cells ?? []);
  }

  return {
    async gather(area, kinds) {
      return gatherDocks(await cellsOfAll(coverOf(areaToBbox(area))), area, kinds);
    },
    seen: () => `${Math.floor(now() / FRESH_MS)}.${loads}`,
    async summaryOf(quadkey) {
      const cells = await cellsOfAll([quadkey]);
      if (cells.length === 0) return undefined;
      const sample = await selectSample(sql, quadkey, SAMPLE_A_CELL);
      return sample.length > 0 ? { quadkey, cells, sample } : undefined;
    },
  };
}

/** The quadkeys of the deepest level at which a few of them cover a box. */
export function coverOf(box: Bbox): string[] {
  let cover = [""];
  for (let depth = 1; depth <= DEEPEST; depth++) {
    const deeper = cover.flatMap((quadkey) =>
      ["0", "1", "2", "3"].map((digit) => quadkey + digit)
        .filter((child) => bboxesMeet(quadkeyToBbox(child), box))
    );
    if (deeper.length > MOST_QUADKEYS) break;
    cover = deeper;
  }
  return cover;
}
