import { Booking } from "../../shared/booking.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { paymentFacts, type TaskRow } from "./payment-facts.fixture.ts";

export type DockValues = Parameters<TestHarbour["addDock"]>[0];

/** A stay far ahead: whatever the policy, a guest who gives it up gets all back. */
export const STAY = { from: "2027-07-03", to: "2027-07-10" };
/** What a dock that collects online costs here, with a deposit. */
export const RATE = {
  currency: "USD",
  basis: "per_night",
  minor: 9_000,
  depositMinor: 5_000,
} as const;

export interface Booked {
  guest: TestPerson;
  booking: Booking;
}

export interface Wish {
  from?: string;
  to?: string;
  dockId?: number;
}

export type BookingWorld = Awaited<ReturnType<typeof createBookingWorld>>;

/** A harbour, its host, and stays booked there, with what the payment provider tells of them. */
export async function createBookingWorld() {
  const edge: TestEdge = await createTestEdge();
  const harbour = await createTestHarbour(edge);
  const facts = paymentFacts(edge.sql);

  async function read({ guest, booking }: Booked): Promise<Booking> {
    return Booking.parse(await (await guest.fetch(`GET /api/bookings/${booking.id}`)).json());
  }
  async function booked(values: DockValues = {}, stay = STAY): Promise<Booked> {
    // Limits are one person's: each stay has its own.
    const guest = await signUp(edge, "Gus Guest");
    const dock = await harbour.addDock(values);
    return { guest, booking: Booking.parse(await (await bookStay(guest, dock.id, stay)).json()) };
  }
  async function held(values: DockValues = {}): Promise<Booked> {
    return await booked({ collection: "online", rate: RATE, ...values });
  }
  async function paid(values: DockValues = {}): Promise<Booked> {
    const made = await held(values);
    await facts.pay(made.booking);
    return { ...made, booking: await read(made) };
  }

  /** Asks for the quote of a change and for the change, as a client does. */
  async function change(
    { guest, booking }: Booked,
    wish: Wish,
    options: { version?: number; person?: TestPerson } = {},
  ): Promise<Response> {
    const { from, to, dockId } = { ...booking, ...wish };
    const query = new URLSearchParams({ from, to, bookingId: booking.id });
    const quoted = await guest.fetch(`GET /api/docks/${dockId}/quote?${query}`);
    if (!quoted.ok) return quoted;
    const { quote } = (await quoted.json()) as { quote: string };
    return (options.person ?? guest).fetch(
      `POST /api/bookings/${booking.id}/extend`,
      { ...wish, quote },
      {
        "If-Match": `"${options.version ?? booking.version}"`,
        "Idempotency-Key": crypto.randomUUID(),
      },
    );
  }

  return {
    edge,
    harbour,
    facts,
    host: harbour.host,
    read,
    booked,
    held,
    paid,
    change,
    /** The stay as it is after a change that is made or held. */
    async changed(made: Booked, wish: Wish): Promise<Booking> {
      const answer = await change(made, wish);
      if (!answer.ok) throw new Error(await answer.text());
      return Booking.parse(await answer.json());
    },
    /** Makes a move and answers with its response. */
    move: (person: TestPerson, { booking }: Booked, move: string, body?: object) =>
      person.fetch(`POST /api/bookings/${booking.id}/${move}`, body),
    async isTaken({ booking }: Booked): Promise<boolean> {
      const rows = await edge.sql.query("SELECT FROM occupancy WHERE booking_id = $1", [
        booking.id,
      ]);
      return rows.length === 1;
    },
    async tasksOf({ booking }: Booked, kind?: string): Promise<TaskRow[]> {
      const tasks = await facts.tasks(booking.id);
      return kind === undefined ? tasks : tasks.filter((task) => task.kind === kind);
    },
    /** What lies at a dock, in order. */
    rowsOf: (dockId: number) =>
      edge.sql.query<{ nights: string; span: string; source: string }>(
        `SELECT nights::text, span::text, source FROM occupancy WHERE dock_id = $1
         ORDER BY nights, span`,
        [dockId],
      ),
    async sumOfLedger(): Promise<number> {
      const [row] = await edge.sql.query<{ sum: number }>(
        "SELECT coalesce(sum(amount_minor), 0)::bigint AS sum FROM ledger_entry",
      );
      return row?.sum ?? NaN;
    },
  };
}

/** The code of a refusal. */
export async function codeOf(answer: Promise<Response>): Promise<string> {
  return ((await (await answer).json()) as { code: string }).code;
}
