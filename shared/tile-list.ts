import * as z from "zod/mini";

/** Leaves that a list names at most: some 48,000 docks. */
export const MOST_LISTED = 96;

/**
 * What a client needs to search a piece of water by itself: its leaves, each with the version that
 * names its bytes, and the exchange rates that prices are compared by.
 */
export const TileList = z.object({
  leaves: z.array(z.object({ quadkey: z.string(), tag: z.string(), pages: z.int() })),
  /** Whether these are all leaves of the area that hold docks. */
  isAll: z.boolean(),
  rates: z.object({ version: z.int(), perEuro: z.record(z.string(), z.number()) }),
});
export type TileList = z.infer<typeof TileList>;
