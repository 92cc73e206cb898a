import { batch, computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Bbox } from "../../shared/geo.ts";
import { createIndexedWater } from "../offline/indexed-water.ts";
import { bytesOf, CannotKeep, forgetCoast, keepWater } from "../offline/keep-water.ts";
import type { KeepFault } from "../offline/keep-water.ts";
import type { WaterStore } from "../offline/water-store.ts";

/** A coast that is kept on this device on purpose. */
export interface Coast {
  id: string;
  label: string;
  box: Bbox;
  /** Whole bytes of its docks; coasts that overlap share them. */
  bytes: number;
  /** When it was last current, ms since 1970. */
  asOfMs: number;
}

export interface Coasts {
  /** Undefined until they are read. */
  list: ReadonlySignal<readonly Coast[] | undefined>;
  /** What was only seen in passing takes so many bytes more. */
  seenBytes: ReadonlySignal<number>;
  /** Of the coast that is being brought; null where none is. */
  progress: ReadonlySignal<{ done: number; of: number } | null>;
  /** Why the last thing that was tried failed. */
  fault: ReadonlySignal<KeepFault | null>;
  read(): Promise<void>;
  /** Keeps a piece of water; with `id`, brings a kept one up to date. */
  keep(box: Bbox, label: string, id?: string): Promise<boolean>;
  stop(): void;
  forget(id: string): Promise<void>;
}

export interface CoastDeps {
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  now(): number;
  store?: WaterStore;
  /** The files of the chart of a box. */
  landFiles: (box: Bbox) => readonly string[];
}

/** The coasts on this device: kept, brought up to date, and let go by the person. */
export function createCoasts(deps: CoastDeps): Coasts {
  const { fetch, now, landFiles } = deps;
  const store = deps.store ?? createIndexedWater(indexedDB);
  const list = signal<readonly Coast[] | undefined>(undefined);
  const allBytes = signal(0);
  const keptBytes = signal(0);
  const progress = signal<{ done: number; of: number } | null>(null);
  const fault = signal<KeepFault | null>(null);
  let keeping: AbortController | undefined;

  async function read(): Promise<void> {
    try {
      const [areas, heads] = await Promise.all([store.areas(), store.leafHeads()]);
      const coasts = areas.flatMap((area) => {
        const { id, label, box, asOfMs } = area;
        return label === null ? [] : [{ id, label, box, asOfMs, bytes: bytesOf(area, heads) }];
      });
      const held = new Set(
        areas.flatMap(({ label, quadkeys }) => label === null ? [] : quadkeys),
      );
      batch(() => {
        list.value = coasts.toSorted((a, b) => a.label.localeCompare(b.label));
        allBytes.value = heads.reduce((sum, { bytes }) => sum + bytes, 0);
        keptBytes.value = heads.reduce(
          (sum, { quadkey, bytes }) => sum + (held.has(quadkey) ? bytes : 0),
          0,
        );
      });
    } catch {
      batch(() => {
        list.value = [];
        fault.value = "no-room";
      });
    }
  }

  async function tried(work: () => Promise<unknown>): Promise<boolean> {
    fault.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      // Whoever stops it knows that it has stopped.
      if (error instanceof CannotKeep) fault.value = error.fault;
      else if (!(error instanceof DOMException)) throw error;
      return false;
    } finally {
      progress.value = null;
      await read();
    }
  }

  return {
    list,
    seenBytes: computed(() => allBytes.value - keptBytes.value),
    progress,
    fault,
    read,
    async keep(box, label, id) {
      keeping?.abort();
      const { signal: abort } = keeping = new AbortController();
      progress.value = { done: 0, of: 0 };
      return await tried(async () => {
        await keepWater({ store, fetch: (url, init) => fetch(url, init), now }, {
          area: { bbox: box },
          label,
          ...(id !== undefined && { id }),
          signal: abort,
          onProgress: (done, of) => progress.value = { done, of },
        });
        // The chart under the docks is kept by whoever fetches it: a coast without one is one too.
        await Promise.allSettled(landFiles(box).map((file) => fetch(file, { signal: abort })));
      });
    },
    stop: () => keeping?.abort(),
    forget: async (id) => void await tried(() => forgetCoast(store, id)),
  };
}
