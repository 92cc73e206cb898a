import type { Blobs } from "./platform/blobs.ts";
import type { SharedCache } from "./platform/cache.ts";
import type { Hub } from "./platform/hub.ts";
import type { Sql } from "./platform/sql.ts";
import type { Identity } from "./identity/identity.ts";
import type { PlaceIndex } from "./docks/place-index.ts";
import type { TileStore } from "./docks/tile-store.ts";
import type { Config } from "./config.ts";

/** The built client: a file by its path, or undefined. */
export interface Assets {
  read(path: string): Promise<{ body: Uint8Array<ArrayBuffer>; contentType: string } | undefined>;
}

/** What the app needs from a platform. Composition roots make it; nobody else reads one. */
export interface Deps {
  config: Config;
  sql: Sql;
  /** Absent where no Redis is: one process runs on its memory. */
  cache: SharedCache | undefined;
  blobs: Blobs;
  hub: Hub;
  identity: Identity;
  tiles: TileStore;
  places: PlaceIndex;
  assets: Assets | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  randomBytes: (count: number) => Uint8Array;
  /** One line of structured log. */
  log: (level: "info" | "warn" | "error", message: string, fields?: object) => void;
}
