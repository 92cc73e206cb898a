import { afterAll, beforeAll, expect, it } from "vitest";
import type { Payment } from "../../shared/payment.ts";
import { tick } from "../events/tick.ts";
import {
  askPayment,
  createPaidEdge,
  type PaidEdge,
  payByCard,
  payByDebit,
} from "../local/paid-edge.ts";
import { signUp, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { reconcile } from "./reconcile.ts";

const GUESTS = 10;
const STEPS = 30;
const STAYS = [
  { from: "2027-07-03", to: "2027-07-06" },
  { from: "2027-07-05", to: "2027-07-10" },
  { from: "2027-07-10", to: "2027-07-12" },
];
const CARDS = ["4242424242424242", "4000000000000002", "4242424242424242", "4000002500003155"];

let edge: PaidEdge;
let harbour: TestHarbour;

beforeAll(async () => {
  edge = await createPaidEdge();
  harbour = await createTestHarbour(edge);
  const { url } = await (await harbour.host.fetch("POST /api/payouts/account")).json();
  await fetch(url, { method: "POST", redirect: "manual" });
  await edge.settle();
});
afterAll(() => edge.close());

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;

/** What one guest does, with a provider and a network that may fail at any time. */
async function roam(guest: TestPerson, docks: readonly number[]): Promise<void> {
  const mine: { id: string; payment?: Payment }[] = [];
  const move = async (person: TestPerson, id: string, name: string) => {
    const { version } = await (await guest.fetch(`GET /api/bookings/${id}`)).json();
    const headers = { "If-Match": `"${version}"` };
    return await person.fetch(`POST /api/bookings/${id}/${name}`, undefined, headers);
  };
  const acts: (() => Promise<unknown>)[] = [
    async () => {
      const booked = await bookStay(guest, pick(docks), pick(STAYS));
      if (booked.status === 201) mine.push(await booked.json());
    },
    async () => {
      const one = pick(mine);
      one.payment = await askPayment(guest, one.id);
    },
    () => payByCard(pick(mine).payment!, pick(CARDS)),
    () => payByCard(pick(mine).payment!),
    async () => edge.stripe.settle(await payByDebit(pick(mine).payment!)),
    () => move(guest, pick(mine).id, "cancel"),
    () => move(harbour.host, pick(mine).id, pick(["cancel", "decline", "accept", "accept"])),
    () =>
      edge.sql.query(
        `UPDATE booking SET deadline = now() - interval '1 second'
         WHERE id = $1 AND deadline IS NOT NULL`,
        [pick(mine).id],
      ),
    () =>
      edge.sql.query(
        `UPDATE payment_task SET due_at = now(), lease_until = NULL WHERE state = 'due'`,
      ),
    () => tick(edge.deps),
  ];
  // Whatever is refused, or cut off, is refused: what counts is what both sides have at the end.
  for (let step = 0; step < STEPS; step++) {
    await (mine.length === 0 ? acts[0]! : pick(acts))().catch(() => undefined);
  }
}

it(
  "whatever people, the provider and the network do, both sides' books agree at the end",
  async () => {
    const docks = await Promise.all(
      Array.from(
        { length: 9 },
        (_, i) => harbour.addDock({ collection: "online", instantBook: i % 3 > 0 }),
      ),
    );
    const guests = await Promise.all(
      Array.from({ length: GUESTS }, (_, i) => signUp(edge, `Guest ${i}`)),
    );
    edge.stripe.setFaults(
      (["refuse", "lose", "cut", "lose-and-cut"] as const).map((kind) => ({ kind, chance: 0.06 })),
    );
    edge.stripe.setDelivery({ copies: 2, shuffle: true, lose: 0.3 });
    await Promise.all(guests.map((guest) => roam(guest, docks.map(({ id }) => id))));

    // The storm is over: what is due is done, by three processes at once.
    edge.stripe.setFaults([]);
    edge.stripe.setDelivery({});
    for (const { id } of edge.stripe.store.list("payment_intents")) await edge.stripe.settle(id);
    await edge.settle();
    for (let round = 0; round < 4; round++) {
      await edge.sql.query(
        `UPDATE payment_task SET due_at = now(), lease_until = NULL WHERE state = 'due'`,
      );
      await edge.sql.query(`UPDATE webhook_event SET retry_at = now() WHERE applied_at IS NULL`);
      await edge.sql.query(`UPDATE payment SET checked_at = now() - interval '2 hours'`);
      await Promise.all([tick(edge.deps), tick(edge.deps), tick(edge.deps)]);
      await edge.settle();
    }

    const found = await reconcile(edge.sql, edge.deps.payments!, 0);
    expect(found.differences).toEqual([]);
    expect(found.intents).toBeGreaterThan(0);
    const odd = await edge.sql.query(
      `SELECT b.id, b.status, p.status AS paid, p.captured_minor, p.refunded_minor,
       ledger_guest_balance(b.id) AS guest
     FROM booking b LEFT JOIN payment p ON p.booking_id = b.id
     WHERE ledger_guest_balance(b.id) <> 0
       OR (b.status = 'confirmed') <> EXISTS (SELECT FROM occupancy WHERE booking_id = b.id)
         AND b.status NOT IN ('held', 'requested')
       OR b.status = 'confirmed' AND p.captured_minor - p.refunded_minor < b.owed_total_minor
       OR b.status IN ('expired', 'declined') AND p.captured_minor <> p.refunded_minor`,
    );
    expect(odd).toEqual([]);
    const open = await edge.sql.query(`SELECT * FROM payment_task WHERE state <> 'done'`);
    expect(open).toEqual([]);
  },
  60_000,
);
