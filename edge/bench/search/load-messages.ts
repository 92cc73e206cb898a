/** Addresses that loads ask for, under a name. */
export interface Pool {
  pool: string;
  /** Paths with a query; `{n}` in one stands for a number that is never the same twice. */
  paths: string[];
}

/** So many connections asking one server for a while, each again as soon as it has its answer. */
export interface Load {
  port: number;
  pool: string;
  /** Another address each time; else always the pool's first one. */
  isFresh: boolean;
  connections: number;
  warmMs: number;
  ms: number;
}

export type LoadCommand = Pool | Load;

export interface LoadResult {
  requests: number;
  /** On the wire, with heads. */
  bytes: number;
  /** Answers of another status than 2xx. */
  failed: number;
  ms: number;
  /** Share of a core that the client itself used. */
  busy: number;
  p50Ms: number;
  p99Ms: number;
}
