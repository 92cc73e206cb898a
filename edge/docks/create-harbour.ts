import { amenitiesToBits, type Harbour, type NewHarbour } from "../../shared/dock.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { insertHarbour, seeHarbour } from "./harbour-queries.ts";

/** How far the tide of a station is believed to hold, metres. */
const STATION_WITHIN_M = 60_000;

/** Makes a harbour; who makes it is its staff, and the nearest tide station is its own. */
export function createHarbour(sql: Sql, person: Person, harbour: NewHarbour): Promise<Harbour> {
  return sql.transaction(async (tx) => {
    const id = await insertHarbour(
      tx,
      {
        name: harbour.name,
        place: harbour.place,
        country: harbour.country,
        lat: harbour.position.lat,
        lon: harbour.position.lon,
        time_zone: harbour.timeZone,
        vhf_channel: harbour.vhfChannel ?? null,
        approach: harbour.approach,
        facilities: amenitiesToBits(harbour.facilities),
      },
      person.id,
      STATION_WITHIN_M,
    );
    return seeHarbour(tx, id);
  });
}
