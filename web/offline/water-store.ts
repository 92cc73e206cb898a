import type { ExchangeRates } from "../../shared/money.ts";
import type { Bbox } from "../../shared/geo.ts";

/** A leaf as it was brought: its pages' bytes, unpacked. */
export interface KeptLeaf {
  quadkey: string;
  /** The version that names its bytes. */
  tag: string;
  pages: Uint8Array[];
  bytes: number;
  /** When it was last known to be current, by the server's clock, ms since 1970. */
  asOfMs: number;
}

/** What is known of a leaf without its bytes. */
export type LeafHead = Omit<KeptLeaf, "pages">;

/** A piece of water whose docks are all known: seen in passing, or kept on purpose. */
export interface KeptArea {
  id: string;
  /** Its name, where a person keeps it; null for what was only seen. */
  label: string | null;
  box: Bbox;
  /** Of the leaves that hold its docks. */
  quadkeys: string[];
  asOfMs: number;
}

export interface WaterFacts {
  rates: ExchangeRates;
  /** How far the server's clock is ahead of this device's. */
  skewMs: number;
}

/** What is kept of the water on this device. Every call may fail: storage is full, or refused. */
export interface WaterStore {
  areas(): Promise<KeptArea[]>;
  /** Of some leaves those that are there. */
  leaves(quadkeys: readonly string[]): Promise<KeptLeaf[]>;
  leafHeads(): Promise<LeafHead[]>;
  facts(): Promise<WaterFacts | undefined>;
  /** All of it or nothing. */
  change(change: WaterChange): Promise<void>;
}

export interface WaterChange {
  leaves?: readonly KeptLeaf[];
  /** Of leaves that are there. */
  heads?: readonly LeafHead[];
  dropLeaves?: readonly string[];
  areas?: readonly KeptArea[];
  dropAreas?: readonly string[];
  facts?: WaterFacts;
}

/** One that lives as long as its process: for tests, and where the browser keeps nothing. */
export function createMemoryWater(): WaterStore {
  const leaves = new Map<string, KeptLeaf>();
  const areas = new Map<string, KeptArea>();
  let facts: WaterFacts | undefined;
  return {
    areas: () => Promise.resolve([...areas.values()]),
    leaves: (quadkeys) => Promise.resolve(quadkeys.flatMap((quadkey) => leaves.get(quadkey) ?? [])),
    leafHeads: () => Promise.resolve([...leaves.values()].map(({ pages: _, ...head }) => head)),
    facts: () => Promise.resolve(facts),
    change(change) {
      for (const quadkey of change.dropLeaves ?? []) leaves.delete(quadkey);
      for (const id of change.dropAreas ?? []) areas.delete(id);
      for (const leaf of change.leaves ?? []) leaves.set(leaf.quadkey, leaf);
      for (const head of change.heads ?? []) {
        const { pages } = leaves.get(head.quadkey) ?? { pages: [] };
        leaves.set(head.quadkey, { ...head, pages });
      }
      for (const area of change.areas ?? []) areas.set(area.id, area);
      facts = change.facts ?? facts;
      return Promise.resolve();
    },
  };
}
