import type pg from "pg";
import type { NewBoat } from "../../../shared/boat.ts";
import type { Collection } from "../../../shared/dock.ts";
import { uuidV7 } from "../../../shared/ids.ts";
import { priceStay } from "../../../shared/quote.ts";
import type { Rate } from "../../../shared/rate.ts";
import { dateToDay, dayToDate } from "../../../shared/stay.ts";
import type { DemoAccount, DemoPerson } from "./people.ts";
import { createRandom } from "./random.ts";

interface Found {
  id: number;
  version: number;
  max_loa_cm: number;
  collection: Collection;
  rate: Rate;
  rates_version: number;
  from: string;
}

interface Wish {
  key: string;
  host: "host" | "host2";
  boat: string;
  instant: boolean;
  nights: number;
  /** The day of the year, MM-DD, from which on the stay would best begin. */
  from: string;
  /** Where she would rather lie, of the host's harbours. */
  country: string;
  /** What was said, oldest first; the last word of the host is still unread. */
  words: readonly (readonly ["guest" | "host", string])[];
}

const WISHES: readonly Wish[] = [
  {
    key: "demo-confirmed",
    host: "host",
    boat: "Petrel",
    instant: true,
    nights: 5,
    from: "07-20",
    country: "US",
    words: [
      ["guest", "Hello! We come up from the south and may be late. Is the entrance lit?"],
      ["host", "It is, red to port as you come in. Call me on the radio when you are an hour off."],
      ["guest", "Perfect, thank you. Two of us and a dog."],
      ["host", "The dog is welcome. I keep the inner side free for you, it lies quieter."],
    ],
  },
  {
    key: "demo-requested",
    host: "host2",
    boat: "Two Terns",
    instant: false,
    nights: 3,
    from: "06-05",
    country: "HR",
    words: [
      ["guest", "Good morning, could you take a catamaran of 7.20 m beam for three nights?"],
      ["host", "Let me look at who leaves that week. I'll answer today."],
    ],
  },
];

/**
 * One confirmed stay and one open request of the demo's guest, each with a chat, made as everybody's
 * bookings are: by the database's own function. Left out where no dock of the host would do.
 */
export async function bookForGuest(
  client: pg.Client,
  accounts: Record<DemoAccount, DemoPerson>,
  seed: number,
  nowMs: number,
): Promise<void> {
  const random = createRandom(seed, 51);
  const newId = () => uuidV7(nowMs, random.bytes(10));
  const { rows } = await client.query<{ record: NewBoat }>(
    "SELECT record FROM boat WHERE owner_id = $1",
    [accounts.guest.id],
  );
  for (const wish of WISHES) {
    const boat = rows.find(({ record }) => record.name === wish.boat)?.record;
    const dock = boat && await findDock(client, wish, boat, accounts[wish.host].id, nowMs);
    if (!boat || !dock) continue;
    const stay = { from: dock.from, to: dayToDate(dateToDay(dock.from) + wish.nights) };
    const berth = { maxLoaCm: dock.max_loa_cm, collection: dock.collection };
    const price = priceStay(dock.rate, stay, boat, berth);
    if (!price) throw new Error(`Cannot book dock ${dock.id} for the demo: it has no price`);
    const { currency, totalMinor, depositMinor, lines } = price;
    const { hullLengthCm: _, insuranceLimit: __, ...vessel } = boat;
    const request = {
      id: newId(),
      threadId: newId(),
      dockId: dock.id,
      dockVersion: dock.version,
      ...stay,
      loaCm: boat.loaCm,
      vessel,
      quote: { currency, totalMinor, depositMinor, lines, ratesVersion: dock.rates_version },
      instant: wish.instant,
    };
    const guestId = accounts.guest.id;
    const { rows: [answer] } = await client.query<{ book: { refused?: string; reason?: string } }>(
      "SELECT book($1, $2, 'demo', $3)",
      [guestId, wish.key, JSON.stringify(request)],
    );
    if (!answer || answer.book.refused) {
      throw new Error(`Cannot book dock ${dock.id} for the demo: ${JSON.stringify(answer?.book)}`);
    }
    // Nobody will ask for this answer again.
    await client.query("DELETE FROM idempotency WHERE person_id = $1 AND key = $2", [
      guestId,
      wish.key,
    ]);
    await writeWords(client, request.threadId, wish, accounts, nowMs, newId);
  }
}

/** The first dock of a host that takes the boat and is free about when it is wanted. */
async function findDock(
  client: pg.Client,
  wish: Wish,
  boat: NewBoat,
  hostId: string,
  nowMs: number,
): Promise<Found | undefined> {
  const today = Math.floor(nowMs / 86_400_000);
  const { rows } = await client.query<Found>(
    `SELECT d.id::int AS id, d.version, d.max_loa_cm, d.collection, d.rate, d.rates_version,
            to_char(start, 'YYYY-MM-DD') AS from
     FROM dock d
     JOIN harbour h ON h.id = d.harbour_id
     CROSS JOIN generate_series($3::date, $3::date + 60, interval '1 day') AS start
     WHERE d.host_id = $1 AND d.status = 'published' AND d.instant_book = $2
       AND d.collection = 'at_dock'
       AND d.kind IN ('slip', 'stern_to', 'pile', 'side_tie', 't_head', 'mooring')
       AND d.max_loa_cm >= $4 AND coalesce(d.min_loa_cm, 0) <= $4
       AND (d.length_cm IS NOT NULL OR d.kind = 'mooring' OR d.max_beam_cm >= $5)
       AND d.depth_lat_cm >= $6 + 40 AND d.overhead_cm IS NULL
       AND coalesce(d.max_displacement_kg, $7) >= $7 AND $8 = ANY (d.hull_types)
       AND $9 BETWEEN d.min_nights AND d.max_nights AND start::date + $9 - $10::date < d.window_days
       AND NOT EXISTS (
         SELECT FROM occupancy o
         WHERE o.dock_id = d.id AND o.nights && daterange(start::date, start::date + $9))
     ORDER BY h.country = $11 DESC, start, d.kind = 'mooring', d.id LIMIT 1`,
    [
      hostId,
      wish.instant,
      nextDate(wish.from, today),
      boat.loaCm,
      boat.beamCm,
      boat.draftCm,
      boat.displacementKg ?? 0,
      boat.hullType,
      wish.nights,
      dayToDate(today),
      wish.country,
    ],
  );
  return rows[0];
}

/** The next date of a day of the year that is three weeks ahead or more. */
function nextDate(monthDay: string, today: number): string {
  const year = Number(dayToDate(today).slice(0, 4));
  const date = `${year}-${monthDay}`;
  return dateToDay(date) >= today + 21 ? date : `${year + 1}-${monthDay}`;
}

async function writeWords(
  client: pg.Client,
  threadId: string,
  wish: Wish,
  accounts: Record<DemoAccount, DemoPerson>,
  nowMs: number,
  newId: () => string,
): Promise<void> {
  for (const [i, [who, text]] of wish.words.entries()) {
    const senderId = who === "guest" ? accounts.guest.id : accounts[wish.host].id;
    await client.query(
      `INSERT INTO thread_log (thread_id, seq, id, client_id, sender_id, text, sent_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        threadId,
        i + 1,
        newId(),
        `demo-${i + 1}`,
        senderId,
        text,
        new Date(nowMs - (wish.words.length - i) * 7 * 60_000),
      ],
    );
  }
  await client.query(
    `UPDATE thread_member SET read_seq = $2 - CASE role WHEN 'guest' THEN 1 ELSE 0 END
     WHERE thread_id = $1`,
    [threadId, wish.words.length],
  );
}
