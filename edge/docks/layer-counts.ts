/**
 * How many of a view's leaves each layer gave, for `Cache-Status`: in the order in which they are
 * asked. Undefined where a layer was not asked.
 */
export interface LayerCounts {
  memory: number;
  /** Were in memory, and lacked the nights of some docks, which the database told. */
  renewed: number;
  /** Came by a load that somebody else had begun. */
  collapsed: number;
  /** The runtime's own cache. */
  edge: number | undefined;
  shared: number | undefined;
  origin: number | undefined;
}

/** Before anything was asked. */
export function noLayers(): LayerCounts {
  return {
    memory: 0,
    renewed: 0,
    collapsed: 0,
    edge: undefined,
    shared: undefined,
    origin: undefined,
  };
}
