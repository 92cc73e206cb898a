import type pg from "pg";

/** Stations written at once, about a megabyte. */
const BATCH = 1_000;

/**
 * Gives the tide stations of a database the constants that they are predicted from, where they lack
 * them: those of a new one, and of one that was filled before tides were predicted.
 */
export async function writeTideHarmonics(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM tide_station s
     WHERE NOT EXISTS (SELECT FROM tide_harmonics h WHERE h.station = s.id)`,
  );
  if (rows.length === 0) return;
  // Loaded here: a start that finds nothing to do needs no 100 MB of stations.
  const [{ stationsById }, { harmonicsOf }] = await Promise.all([
    import("@neaps/tide-database"),
    import("./tide-stations.ts"),
  ]);
  for (let i = 0; i < rows.length; i += BATCH) {
    const stations = rows.slice(i, i + BATCH).flatMap(({ id }) => {
      const timeZone = stationsById.get(id)?.timezone;
      const harmonics = harmonicsOf(id);
      return timeZone !== undefined && harmonics ? [{ id, timeZone, harmonics }] : [];
    });
    await client.query(
      `INSERT INTO tide_harmonics (station, time_zone, harmonics)
       SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[])
       ON CONFLICT (station) DO NOTHING`,
      [
        stations.map(({ id }) => id),
        stations.map(({ timeZone }) => timeZone),
        stations.map(({ harmonics }) => JSON.stringify(harmonics)),
      ],
    );
  }
}
