import { afterAll, beforeAll, expect, it } from "vitest";
import { tick } from "../events/tick.ts";
import { signUp, type TestPerson } from "../local/test-edge.ts";
import { bookStay } from "../local/test-harbour.ts";
import { type BookingWorld, createBookingWorld, RATE } from "./booking-world.fixture.ts";

let world: BookingWorld;
beforeAll(async () => {
  world = await createBookingWorld();
});
afterAll(() => world.edge.close());

const CLIENTS = 8;
const STEPS = 14;

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

it("whatever many do at once to few berths, nights, money and books agree", async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { facts, edge, host } = world;
  const docks = await Promise.all([
    world.harbour.addDock({ collection: "online", rate: RATE }),
    world.harbour.addDock({ collection: "online", rate: { ...RATE, minor: 12_000 } }),
    world.harbour.addDock({
      collection: "online",
      rate: RATE,
      kind: "side_tie",
      lengthCm: 3_000,
      gapCm: 100,
    }),
  ]);
  const night = (day: number) => `2027-07-${String(1 + day).padStart(2, "0")}`;
  const unexpected: string[] = [];

  const client = async (index: number) => {
    const next = randomOf(seed + index);
    const guest: TestPerson = await signUp(edge, `Guest ${index}`);
    const mine: string[] = [];
    const check = (answer: Response, what: string) => {
      if (![200, 201, 403, 409, 412, 422].includes(answer.status)) {
        unexpected.push(`${what} ${answer.status}`);
      }
      return answer;
    };
    for (let step = 0; step < STEPS; step++) {
      const from = next(12);
      const stay = { from: night(from), to: night(from + 1 + next(4)) };
      const id = mine[next(Math.max(1, mine.length))];
      const act = next(9);
      if (id === undefined || act < 2) {
        const answer = check(await bookStay(guest, docks[next(3)]!.id, stay), "book");
        if (answer.ok) mine.push(((await answer.json()) as { id: string }).id);
      } else if (act < 4) {
        const payment = await facts.newest(id);
        await facts.opened(payment.id);
        await facts.captured(payment.id, payment.amount_minor);
      } else if (act < 7) {
        const booking = await (await guest.fetch(`GET /api/bookings/${id}`)).json();
        const wish = { ...stay, dockId: docks[next(3)]!.id };
        check(await world.change({ guest, booking }, wish), "change");
      } else if (act === 7) {
        const who = next(2) ? guest : host;
        check(await who.fetch(`POST /api/bookings/${id}/cancel`), "cancel");
      } else {
        await facts.overdue(id);
        await tick(edge.deps);
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index)));
  expect({ seed, unexpected, errors: edge.errors }).toEqual({ seed, unexpected: [], errors: [] });

  const faults = await edge.sql.query(
    `SELECT 'stay without its nights' AS fault, b.id FROM booking b
     LEFT JOIN occupancy o ON o.booking_id = b.id AND o.dock_id = b.dock_id
       AND o.nights = b.nights AND o.span = b.span
     WHERE (b.status IN ('held', 'requested', 'confirmed', 'checked_in')) <> (o.id IS NOT NULL)
     UNION ALL
     SELECT 'nights held for no change', o.id FROM occupancy o
     LEFT JOIN stay_change c ON c.id = o.change_id AND c.status = 'held'
     WHERE o.source = 'change' AND c.id IS NULL
     UNION ALL
     SELECT 'money kept that nobody owes', b.id FROM booking b
     JOIN payment p ON p.booking_id = b.id GROUP BY b.id
     HAVING sum(p.captured_minor) - (
       SELECT coalesce(sum(t.amount_minor), 0) FROM payment_task t
       WHERE t.booking_id = b.id AND t.kind = 'refund')
       > b.owed_total_minor + b.owed_deposit_minor
     UNION ALL
     SELECT 'agreed and not paid', b.id FROM booking b
     WHERE b.status = 'confirmed' AND b.owed_total_minor + b.owed_deposit_minor > (
       SELECT coalesce(sum(p.captured_minor), 0) FROM payment p WHERE p.booking_id = b.id) - (
       SELECT coalesce(sum(t.amount_minor), 0) FROM payment_task t
       WHERE t.booking_id = b.id AND t.kind = 'refund')
     UNION ALL
     SELECT 'a version of its own past', b.id FROM booking b JOIN event e ON e.booking_id = b.id
     WHERE e.version > b.version
     UNION ALL
     SELECT 'a history with a hole', booking_id FROM (
       SELECT booking_id, body -> 'before' ->> 'version' AS told,
         lag(version) OVER (PARTITION BY booking_id ORDER BY version) AS before
       FROM event WHERE booking_id IS NOT NULL) AS history
     WHERE told IS DISTINCT FROM before::text`,
  );
  expect({ seed, faults }).toEqual({ seed, faults: [] });

  // What the provider would do, done: everything that was captured and is not owed is back.
  const refunds = await edge.sql.query<{ booking_id: string }>(
    "SELECT DISTINCT booking_id FROM payment_task WHERE kind = 'refund'",
  );
  for (const { booking_id } of refunds) {
    for (const task of await facts.tasks(booking_id)) {
      if (task.kind === "refund") await facts.refunded(task);
    }
  }
  const books = await edge.sql.query(
    `SELECT b.id FROM booking b WHERE ledger_guest_balance(b.id) <> 0
       OR ledger_sum(b.id, 'provider') <> CASE
         WHEN b.status IN ('held', 'requested') THEN 0
         ELSE b.owed_total_minor + b.owed_deposit_minor END`,
  );
  expect({ seed, books }).toEqual({ seed, books: [] });
  expect(await world.sumOfLedger()).toBe(0);
});
