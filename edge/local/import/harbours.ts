import type pg from "pg";
import type { DockHarbour } from "../../docks/dock-queries.ts";
import { PointGrid } from "../bulk/point-grid.ts";
import type { LineHarbour } from "./parse-dock.ts";
import type { ImportHost } from "./people.ts";

/** How far the tide of a station is believed to hold, metres: as for a harbour that its host makes. */
const STATION_WITHIN_M = 60_000;

interface Station {
  id: string;
  lat: number;
  lon: number;
  datums: NonNullable<DockHarbour["datums"]>;
}

/** A harbour that the file describes and that is not there yet. */
interface NewHarbourRow extends LineHarbour {
  id: number;
  tideStation: string | undefined;
}

/** A harbour for docks: what a dock needs of it, with its id. */
export interface KnownHarbour extends DockHarbour {
  id: number;
}

/**
 * The harbours that a file's docks lie in, each asked for once. One that is described is the
 * host's own of that name, place and position, else a new one, which has an id from here on but is
 * written only by `writeHarbours`, with the docks.
 */
export class HarbourBook {
  readonly #client: pg.Client;
  readonly #host: ImportHost;
  readonly #byId = new Map<number, KnownHarbour | undefined>();
  readonly #byText = new Map<string, KnownHarbour>();
  readonly #made: NewHarbourRow[] = [];
  #stations: PointGrid<Station> | undefined;

  constructor(client: pg.Client, host: ImportHost) {
    this.#client = client;
    this.#host = host;
  }

  /** How many are new. */
  get made(): number {
    return this.#made.length;
  }

  /** A harbour by its id, undefined where there is none. `is_staff`: its host may let docks there. */
  async byId(id: number): Promise<KnownHarbour | undefined> {
    if (!this.#byId.has(id)) {
      const [row] = await this.#select("h.id = $2", [id]);
      this.#byId.set(id, row);
    }
    return this.#byId.get(id);
  }

  /** The harbour that a line describes. */
  async byDescription(harbour: LineHarbour): Promise<KnownHarbour> {
    const { name, place, country, timeZone, lat, lon } = harbour;
    const values = [name, place, country, timeZone, lat, lon];
    const text = JSON.stringify(values);
    let known = this.#byText.get(text);
    if (known) return known;
    const [own] = await this.#select(
      `h.name = $2 AND h.place = $3 AND h.country = $4 AND h.time_zone = $5 AND h.lat = $6
       AND h.lon = $7 AND h.id IN (SELECT harbour_id FROM harbour_staff WHERE person_id = $1)`,
      values,
    );
    known = own ?? await this.#make(harbour);
    this.#byText.set(text, known);
    return known;
  }

  /** Writes the new ones, the host their staff, inside the caller's transaction. */
  async writeHarbours(): Promise<void> {
    await this.#client.query(
      `WITH made AS (
         INSERT INTO harbour (id, name, place, country, time_zone, lat, lon, tide_station)
         SELECT id, name, place, country, "timeZone", lat, lon, "tideStation"
         FROM jsonb_to_recordset($1::jsonb) AS made (id bigint, name text, place text,
           country text, "timeZone" text, lat float8, lon float8, "tideStation" text)
         RETURNING id)
       INSERT INTO harbour_staff (harbour_id, person_id) SELECT id, $2 FROM made`,
      [JSON.stringify(this.#made), this.#host.id],
    );
  }

  /** Lets processes that list harbours see the new ones, however long the transaction took. */
  async touchHarbours(): Promise<void> {
    await this.#client.query(
      "UPDATE harbour SET changed_at = clock_timestamp() WHERE id = ANY ($1::bigint[])",
      [this.#made.map(({ id }) => id)],
    );
  }

  async #select(where: string, values: (string | number)[]): Promise<KnownHarbour[]> {
    const { rows } = await this.#client.query<KnownHarbour>(
      `SELECT h.id, h.lat, h.lon, h.time_zone, s.datums,
         EXISTS (SELECT FROM harbour_staff WHERE harbour_id = h.id AND person_id = $1) AS is_staff
       FROM harbour h LEFT JOIN tide_station s ON s.id = h.tide_station
       WHERE ${where} ORDER BY h.id LIMIT 1`,
      [this.#host.id, ...values],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }

  async #make(harbour: LineHarbour): Promise<KnownHarbour> {
    const id = (await reserveIds(this.#client, "harbour", 1))[0]!;
    const station = (await this.#readStations()).nearest(harbour, STATION_WITHIN_M);
    this.#made.push({ ...harbour, id, tideStation: station?.id });
    const { lat, lon, timeZone } = harbour;
    const datums = station?.datums ?? null;
    return { id, lat, lon, time_zone: timeZone, datums, is_staff: true };
  }

  async #readStations(): Promise<PointGrid<Station>> {
    if (!this.#stations) {
      const { rows } = await this.#client.query<Station>(
        "SELECT id, lat, lon, datums FROM tide_station ORDER BY id DESC",
      );
      this.#stations = new PointGrid(rows);
    }
    return this.#stations;
  }
}

/** Ids that nobody else gets. Those that are not used after all stay unused. */
export async function reserveIds(
  client: pg.Client,
  table: "dock" | "harbour",
  count: number,
): Promise<number[]> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT nextval(pg_get_serial_sequence($1, 'id')) AS id FROM generate_series(1, $2::int)",
    [table, count],
  );
  return rows.map(({ id }) => Number(id));
}
