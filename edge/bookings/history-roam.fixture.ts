import type { BookingMove, BookingStatus } from "../../shared/booking.ts";
import type { Payment } from "../../shared/payment.ts";
import { type PaidEdge, payByCard, payByDebit } from "../local/paid-edge.ts";
import type { TestPerson } from "../local/test-edge.ts";
import { TEST_BOAT } from "../local/test-harbour.ts";
import type { Call, StayState } from "./history-checker.fixture.ts";

export interface Storm {
  edge: PaidEdge;
  seed: number;
  calls: Call[];
  /** Of all requests to the edge: how many, and which of its own faults they were answered with. */
  requests: number;
  faults: string[];
  kills: number;
  /** Those sent again while the first was unknown. */
  retries: number;
  close(): Promise<void>;
}

type Seen = StayState & { id: string };

export interface StormWorld {
  storm: Storm;
  docks: readonly number[];
  host: TestPerson;
  /** First nights of the two weeks in which stays are. */
  nightFrom: readonly string[];
  isOver: () => boolean;
  repeat: boolean;
}

const CARDS = ["4242424242424242", "4242424242424242", "4242424242424242", "4000000000000002"];

/** Numbers from a seed (mulberry32), so that a run that fails can be looked at again. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What one guest does, and their host about it, until the time is over. */
export async function roam(world: StormWorld, guest: TestPerson, seed: number): Promise<void> {
  const { storm, host, docks } = world;
  const next = randomOf(seed);
  const mine: string[] = [];
  const night = () => {
    const isSoon = next(4) === 0;
    const first = Date.parse(world.nightFrom[isSoon ? 0 : 1]!);
    const from = next(isSoon ? 3 : 24);
    const day = (count: number) => new Date(first + count * 86_400_000).toISOString().slice(0, 10);
    return { from: day(from), to: day(from + 1 + next(4)) };
  };
  const read = async (id: string) => {
    const answer = await guest.fetch(`GET /api/bookings/${id}`);
    return answer.ok ? (await answer.json()) as Seen : undefined;
  };

  /** Sends a call, and mostly sends it again while nobody knows what became of it. */
  async function record(call: Omit<Call, "outcome" | "status">, send: () => Promise<Response>) {
    const recorded: Call = { ...call, outcome: "unknown", status: 0 };
    storm.calls.push(recorded);
    for (let tries = 0; tries < 3; tries++) {
      if (tries > 0) storm.retries += 1;
      if (world.repeat) await send().catch(() => undefined);
      const answer = await send().catch(() => undefined);
      recorded.status = answer?.status ?? 0;
      if (answer?.ok) {
        recorded.outcome = "ok";
        recorded.booking = await answer.json();
        return recorded.booking;
      }
      const isKnown = answer !== undefined && answer.status < 500;
      if (isKnown) {
        // A refusal after an attempt of which nothing is known says nothing about that one.
        if (tries === 0 || call.what === "create") recorded.outcome = "fail";
        return undefined;
      }
      if (next(4) === 0) return undefined;
    }
    return undefined;
  }

  async function create() {
    const dockId = docks[next(docks.length)]!;
    const stay = night();
    const { name: _, ...vessel } = TEST_BOAT;
    const params = new URLSearchParams({ ...stay, hullType: vessel.hullType });
    for (const size of ["loaCm", "beamCm", "draftCm"] as const) {
      params.set(size, String(vessel[size]));
    }
    const quoted = await guest.fetch(`GET /api/docks/${dockId}/quote?${params}`);
    if (!quoted.ok) return;
    const { quote } = await quoted.json();
    const marker = `Petrel ${crypto.randomUUID()}`;
    const key = crypto.randomUUID();
    const body = { dockId, ...stay, boat: { ...TEST_BOAT, name: marker }, quote };
    const booking = await record(
      { what: "create", actorId: guest.id, marker },
      () => guest.fetch("POST /api/bookings", body, { "Idempotency-Key": key }),
    );
    if (booking) mine.push(booking.id);
  }

  async function change({ id: bookingId, version }: Seen) {
    const wish = { ...night(), dockId: docks[next(docks.length)]! };
    const { from, to } = wish;
    const params = new URLSearchParams({ from, to, bookingId });
    const quoted = await guest.fetch(`GET /api/docks/${wish.dockId}/quote?${params}`);
    if (!quoted.ok) return;
    const { quote } = await quoted.json();
    const headers = { "If-Match": `"${version}"`, "Idempotency-Key": crypto.randomUUID() };
    await record(
      { what: "change", actorId: guest.id, bookingId, version, wish },
      () => guest.fetch(`POST /api/bookings/${bookingId}/extend`, { ...wish, quote }, headers),
    );
  }

  const move = (person: TestPerson, name: BookingMove) => async ({ id, version }: Seen) => {
    await record(
      { what: "move", actorId: person.id, bookingId: id, version, move: name },
      () =>
        person.fetch(`POST /api/bookings/${id}/${name}`, undefined, {
          "If-Match": `"${version}"`,
        }),
    );
  };

  async function pay({ id }: Seen) {
    const answer = await guest.fetch(`POST /api/bookings/${id}/payment`, undefined, {
      "Idempotency-Key": crypto.randomUUID(),
    });
    if (!answer.ok) return;
    const payment = await answer.json() as Payment;
    if (next(8) > 0) await payByCard(payment, CARDS[next(CARDS.length)]!);
    else await storm.edge.stripe.settle(await payByDebit(payment));
  }

  const runOut = ({ id }: Seen) =>
    storm.edge.sql.query(
      `UPDATE booking SET deadline = now() - interval '1 second'
       WHERE id = $1 AND deadline IS NOT NULL`,
      [id],
    );
  const cancel = move(guest, "cancel");
  const accept = move(host, "accept");
  const acts: Partial<Record<BookingStatus, ((seen: Seen) => Promise<unknown>)[]>> = {
    held: [pay, pay, pay, pay, cancel, runOut],
    requested: [pay, pay, accept, accept, accept, move(host, "decline"), cancel, runOut],
    confirmed: [change, change, change, move(guest, "check-in"), cancel, move(host, "cancel"), pay],
    checked_in: [change, move(guest, "check-out")],
  };
  const any = Object.values(acts).flat();
  while (!world.isOver()) {
    // What breaks off is recorded where it counts.
    await (async () => {
      const seen = next(4) > 0 && mine.length > 0
        ? await read(mine[next(mine.length)]!)
        : undefined;
      // Mostly what may be done now, and at times what may not.
      const fit = seen && next(8) > 0 ? acts[seen.status] ?? [] : any;
      const act = fit[next(Math.max(1, fit.length))];
      if (seen && act) await act(seen);
      else await create();
    })().catch(() => undefined);
  }
}
