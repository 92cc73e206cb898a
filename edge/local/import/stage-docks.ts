import type pg from "pg";
import type { SqlValue } from "../../platform/sql.ts";
import type { DockColumns } from "../../docks/dock-queries.ts";
import { checkDock, dockToColumns } from "../../docks/dock-rules.ts";
import type { Issue } from "../../../shared/problem.ts";
import { copyLine, copyRows, type CopyValue } from "../bulk/copy-rows.ts";
import { type HarbourBook, type KnownHarbour, reserveIds } from "./harbours.ts";
import type { Line } from "./line.ts";
import { issuesOf, type LineDock, parseDock } from "./parse-dock.ts";
import type { ImportHost } from "./people.ts";

/** Docks that have passed every rule and wait in the session's own table `import_dock`. */
export interface Staged {
  /** In the order of lines. */
  ids: number[];
  /** Their full-depth cells, in the same order. */
  cells: string[];
  /** The columns of import_dock and of dock that their rows give. */
  columns: readonly string[];
}

interface GoodDock {
  dock: LineDock;
  harbour: KnownHarbour;
}

/** Checks lines by every rule of a dock and puts the good ones into the session's own table. */
export class DockStage {
  readonly staged: Staged = { ids: [], cells: [], columns: [] };
  readonly #client: pg.Client;
  readonly #host: ImportHost;
  readonly #harbours: HarbourBook;
  readonly #defaultHarbour: number | undefined;

  constructor(options: {
    client: pg.Client;
    host: ImportHost;
    harbours: HarbourBook;
    /** Of docks that name none. */
    defaultHarbour: number | undefined;
  }) {
    this.#client = options.client;
    this.#host = options.host;
    this.#harbours = options.harbours;
    this.#defaultHarbour = options.defaultHarbour;
  }

  /** The line's dock with its harbour, or what is wrong with it. */
  async check(line: Line): Promise<GoodDock | { issues: readonly Issue[] }> {
    const parsed = "issues" in line ? line : parseDock(line.value);
    if ("issues" in parsed) return parsed;
    const { dock } = parsed;
    const harbour = await this.#harbourOf(dock);
    if ("message" in harbour) return { issues: [harbour] };
    try {
      checkDock("Cannot import dock", { ...dock, harbourId: harbour.id }, harbour);
    } catch (error) {
      return { issues: issuesOf(error) };
    }
    return { dock, harbour };
  }

  /** Adds docks that `check` found good. */
  async add(docks: readonly GoodDock[]): Promise<void> {
    if (docks.length === 0) return;
    const ids = await reserveIds(this.#client, "dock", docks.length);
    const rows = docks.map(({ dock, harbour }, i): DockColumns => ({
      id: ids[i]!,
      host_id: this.#host.id,
      harbour_id: harbour.id,
      time_zone: harbour.time_zone,
      ...dockToColumns(ids[i]!, { ...dock, harbourId: harbour.id }, harbour),
    }));
    if (this.staged.columns.length === 0) {
      this.staged.columns = Object.keys(rows[0]!);
      await this.#client.query(
        `CREATE TEMP TABLE import_dock AS
         SELECT ${this.staged.columns.join(", ")} FROM dock WITH NO DATA`,
      );
    }
    const lines = rows.map((row) => copyLine(Object.values<SqlValue>(row).map(toCopyValue)));
    await copyRows(this.#client, "import_dock", this.staged.columns, lines);
    for (const [i, row] of rows.entries()) {
      this.staged.ids.push(ids[i]!);
      this.staged.cells.push(String(row.cell));
    }
  }

  async #harbourOf(dock: LineDock): Promise<KnownHarbour | Issue> {
    if (dock.harbour) return this.#harbours.byDescription(dock.harbour);
    const id = dock.harbourId ?? this.#defaultHarbour;
    if (id === undefined) {
      return { path: "harbourId", message: "is missing: name a harbour here, or with --harbour" };
    }
    const harbour = await this.#harbours.byId(id);
    if (!harbour) return { path: "harbourId", message: `must be a harbour: there is no ${id}` };
    if (harbour.is_staff || this.#host.isAdmin) return harbour;
    return { path: "harbourId", message: `must be the host's own: ${id} belongs to somebody else` };
  }
}

/** Lists are Postgres's arrays; those of docks hold words of a vocabulary, which need no quotes. */
function toCopyValue(value: SqlValue): CopyValue {
  return typeof value === "object" && value !== null ? `{${value.join(",")}}` : value;
}
