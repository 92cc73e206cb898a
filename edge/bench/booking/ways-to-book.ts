import { randomUUID } from "node:crypto";
import pg from "pg";

/** A stay that somebody wants. */
export interface Wish {
  dockId: number;
  guestId: string;
  from: string;
  to: string;
}

/** One way to sell nights; answers whether they were sold. */
export type Way = (client: pg.Client, wish: Wish) => Promise<boolean>;

const VESSEL = { name: "Petrel", hullType: "mono", loaCm: 1200, beamCm: 380, draftCm: 180 };
const QUOTE = {
  currency: "USD",
  totalMinor: 18_900,
  depositMinor: 0,
  ratesVersion: 1,
  lines: [
    { code: "nights", label: "2 nights", amountMinor: 18_000 },
    { code: "platform-fee", label: "Dokkerr's fee", amountMinor: 900 },
  ],
};

/** What `book` is given; the dock's record is the second, for it was published. */
function requestOf({ dockId, from, to }: Wish, dockVersion: number): string {
  return JSON.stringify({
    id: randomUUID(),
    threadId: randomUUID(),
    dockId,
    dockVersion,
    from,
    to,
    loaCm: VESSEL.loaCm,
    vessel: VESSEL,
    quote: QUOTE,
    instant: true,
  });
}

/** Ours: the whole booking, one function, one round trip. */
export function wayOfBook(dockVersion: number): Way {
  return async (client, wish) => {
    const { rows } = await client.query<{ outcome: { refused?: string } }>(
      "SELECT book($1, $2, $3, $4) AS outcome",
      [wish.guestId, randomUUID(), "hash", requestOf(wish, dockVersion)],
    );
    const refused = rows[0]?.outcome.refused;
    if (refused !== undefined && refused !== "dates-taken") throw new Error(refused);
    return refused === undefined;
  };
}

/** A row and nothing that keeps it from being there twice. */
export const insertUnconstrained: Way = async (client, { dockId, from, to }) => {
  await client.query(
    "INSERT INTO bare_stay (dock_id, nights) VALUES ($1, daterange($2, $3))",
    [dockId, from, to],
  );
  return true;
};

/** A row that an exclusion constraint refuses, and nothing else. */
export const insertExclusion: Way = async (client, { dockId, from, to }) => {
  try {
    await client.query(
      "INSERT INTO bare_exclusion (dock_id, nights) VALUES ($1, daterange($2, $3))",
      [dockId, from, to],
    );
    return true;
  } catch (error) {
    const { code = "" } = error as pg.DatabaseError;
    if (code === "23P01" || code === "40P01") return false;
    throw error;
  }
};

/** The same rows as ours, as an application writes them one after the other in a transaction. */
export const bookInteractively: Way = async (client, { dockId, guestId, from, to }) => {
  const id = randomUUID();
  await client.query("BEGIN");
  const locked = await client.query<{ version: number }>(
    "UPDATE calendar SET version = version + 1 WHERE dock_id = $1 RETURNING version",
    [dockId],
  );
  const dock = await client.query<{ host_id: string; cell: string }>(
    "SELECT * FROM dock WHERE id = $1",
    [dockId],
  );
  const taken = await client.query(
    "SELECT FROM occupancy WHERE dock_id = $1 AND nights && daterange($2, $3)",
    [dockId, from, to],
  );
  if (taken.rowCount !== 0) {
    await client.query("ROLLBACK");
    return false;
  }
  const { host_id, cell } = dock.rows[0]!;
  const version = locked.rows[0]!.version;
  const thread = await client.query<{ id: string }>(
    "SELECT open_thread($1, $2, $3, $4) AS id",
    [randomUUID(), dockId, guestId, host_id],
  );
  await client.query(
    `INSERT INTO occupancy (dock_id, span, nights, source, booking_id)
     VALUES ($1, int4range(0, NULL), daterange($2, $3), 'booking', $4)`,
    [dockId, from, to, id],
  );
  await client.query(
    `INSERT INTO booking (
       id, version, status, dock_id, guest_id, host_id, thread_id, nights, span, check_in_at,
       hold_until_at, check_out_at, vessel, quote, cancellation_policy, cancellation_tiers,
       policy_from, collection)
     VALUES ($1, $2, 'confirmed', $3, $4, $5, $6, daterange($7, $8), int4range(0, NULL), $7::date,
       $7::date, $8::date, $9, $10, 'flexible', '[]', $7::date, 'at_dock')`,
    [
      id,
      version,
      dockId,
      guestId,
      host_id,
      thread.rows[0]!.id,
      from,
      to,
      JSON.stringify(VESSEL),
      JSON.stringify(QUOTE),
    ],
  );
  await client.query(
    `INSERT INTO event (dock_id, version, kind, cell, booking_id, body)
     VALUES ($1, $2, 'booking.create', $3, $4, $5)`,
    [dockId, version, cell, id, JSON.stringify({ guestId, from, to, quote: QUOTE })],
  );
  const answer = await client.query<{ record: object }>("SELECT booking_record($1) AS record", [
    id,
  ]);
  await client.query(
    `INSERT INTO idempotency (person_id, route, key, body_hash, status, answer)
     VALUES ($1, 'POST /api/bookings', $2, 'hash', 201, $3)`,
    [guestId, randomUUID(), JSON.stringify(answer.rows[0]!.record)],
  );
  await client.query("COMMIT");
  return true;
};

/** Connections of one kind, opened at once. */
export async function connectAll(url: string, count: number): Promise<pg.Client[]> {
  const clients = Array.from({ length: count }, () => new pg.Client(url));
  await Promise.all(clients.map((client) => client.connect()));
  return clients;
}
