import { createHmac } from "node:crypto";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  askPayment,
  createPaidEdge,
  holdStay,
  type PaidEdge,
  payByCard,
  payByDebit,
  WEBHOOK_SECRET,
} from "../local/paid-edge.ts";
import type { StripeEvent } from "../local/stripe/objects.ts";
import { toPublic } from "../local/stripe/objects.ts";
import { signWebhook } from "../local/stripe/webhooks.ts";
import { signUp } from "../local/test-edge.ts";
import { createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { workOffPayments } from "./work-off-payments.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };

let edge: PaidEdge;
let harbour: TestHarbour;

beforeAll(async () => {
  edge = await createPaidEdge();
  harbour = await createTestHarbour(edge);
});
afterAll(() => edge.close());
afterEach(() => {
  edge.stripe.setFaults([]);
  edge.stripe.setDelivery({});
});

const seconds = () => Math.floor(edge.clock.nowMs / 1_000);
const post = (body: string, signature?: string) =>
  edge.fetch(
    "POST /api/webhooks/stripe",
    body,
    signature === undefined ? {} : { "Stripe-Signature": signature },
  );
const signed = (body: string, at = seconds(), secret = WEBHOOK_SECRET) =>
  post(body, signWebhook(body, secret, at));
const eventRow = async (id: string) => {
  const [row] = await edge.sql.query<{ outcome: string | null; body: string }>(
    `SELECT outcome, body FROM webhook_event WHERE id = $1`,
    [id],
  );
  return row;
};
let count = 0;
const unknownEvent = () =>
  JSON.stringify({
    id: `evt_unknown_${++count}`,
    object: "event",
    type: "coupon.created",
    data: {},
  });

describe("what is not signed by the provider, now", () => {
  const expectRefused = async (answer: Response) => {
    expect([answer.status, (await answer.json()).code]).toEqual([400, "bad-request"]);
    const rows = await edge.sql.query(`SELECT FROM webhook_event WHERE id LIKE 'evt_unknown%'`);
    expect(rows).toEqual([]);
  };

  it("is refused without a signature, or with one that is none", async () => {
    await expectRefused(await post(unknownEvent()));
    await expectRefused(await post(unknownEvent(), "v1=abc"));
    await expectRefused(await post(unknownEvent(), `t=${seconds()},v1=${"0".repeat(64)}`));
  });

  it("is refused where one byte of it was changed", async () => {
    const body = unknownEvent();
    const signature = signWebhook(body, WEBHOOK_SECRET, seconds());
    await expectRefused(await post(body.replace("coupon", "couqon"), signature));
  });

  it("is refused under another secret, or another scheme", async () => {
    const body = unknownEvent();
    await expectRefused(await signed(body, seconds(), "whsec_other"));
    const v0 = createHmac("sha256", WEBHOOK_SECRET).update(`${seconds()}.${body}`).digest("hex");
    await expectRefused(await post(body, `t=${seconds()},v0=${v0}`));
  });

  it("is refused five minutes late, and from the future", async () => {
    await expectRefused(await signed(unknownEvent(), seconds() - 301));
    await expectRefused(await signed(unknownEvent(), seconds() + 302));
  });
});

describe("what is signed", () => {
  it("is kept as it came and acknowledged, also of a type that nobody knows", async () => {
    const body = unknownEvent();
    for (let copy = 0; copy < 3; copy++) expect((await signed(body)).status).toBe(200);
    await edge.settle();
    expect(await eventRow(JSON.parse(body).id)).toEqual({ outcome: "ignored", body });
  });

  it("is of no account where it is about payments of somebody else", async () => {
    await fetch(`${edge.stripe.url}/v1/payment_intents`, {
      method: "POST",
      headers: { Authorization: "Bearer sk_test_simulated" },
      body: new URLSearchParams({
        amount: "5000",
        currency: "usd",
        confirm: "true",
        payment_method: "pm_card_visa",
        "metadata[paymentId]": "not-a-uuid",
      }),
    });
    await edge.settle();
    const [event] = edge.stripe.store.list("events");
    expect(await eventRow(event!.id)).toMatchObject({ outcome: "unknown-payment" });
  });

  it("is kept before it is acknowledged, and applied later where it cannot be now", async () => {
    const { booking } = await open();
    const payment = await askPayment(booking.guest, booking.id);
    edge.stripe.setDelivery({ hold: true });
    await payByCard(payment);
    await edge.sql.query(`ALTER FUNCTION payment_captured RENAME TO payment_captured_away`);
    edge.stripe.setDelivery({});
    await edge.settle();
    const kept = await edge.sql.query<{ id: string; error: string }>(
      `SELECT id, error FROM webhook_event WHERE applied_at IS NULL`,
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]!.error).toContain("payment_captured");
    await edge.sql.query(`ALTER FUNCTION payment_captured_away RENAME TO payment_captured`);
    await edge.sql.query(`UPDATE webhook_event SET retry_at = now()`);
    await workOffPayments(edge.deps);
    expect(await statusOf(booking.id)).toBe("confirmed");
    edge.errors.length = 0;
  });
});

async function open(instantBook = true) {
  const guest = await signUp(edge, "Gus Guest");
  const dock = await harbour.addDock({ collection: "online", instantBook });
  return { booking: { ...await holdStay(guest, dock.id, STAY), guest }, dock };
}
async function statusOf(bookingId: string): Promise<string> {
  const [row] = await edge.sql.query<{ status: string }>(
    `SELECT status FROM booking WHERE id = $1`,
    [bookingId],
  );
  return row!.status;
}

/** What a booking came to: its state, its payment's, and its books. */
async function endOf(bookingId: string) {
  const [end] = await edge.sql.query<{ end: unknown }>(
    `SELECT jsonb_build_object(
       'booking', b.status,
       'payment', (SELECT jsonb_build_array(status, captured_minor, refunded_minor)
         FROM payment WHERE booking_id = b.id),
       'nights', (SELECT count(*) FROM occupancy WHERE booking_id = b.id),
       'tasks', (SELECT jsonb_agg(jsonb_build_array(kind, state, amount_minor) ORDER BY kind)
         FROM payment_task WHERE booking_id = b.id AND NOT coalesce(result -> 'skipped' = 'true', false)),
       'books', (SELECT jsonb_agg(line ORDER BY line) FROM (
         SELECT jsonb_build_array(t.kind, a.kind, sum(e.amount_minor)) AS line
         FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id
         JOIN ledger_account a ON a.id = e.account_id
         WHERE t.booking_id = b.id GROUP BY t.kind, a.kind) AS lines)) AS end
     FROM booking b WHERE b.id = $1`,
    [bookingId],
  );
  return end!.end;
}

/** Brings a booking's events in an order, each so many times. */
async function bring(events: readonly StripeEvent[], copies: (at: number) => number) {
  for (const [at, event] of events.entries()) {
    const body = JSON.stringify(toPublic(event));
    for (let copy = 0; copy < copies(at); copy++) {
      expect((await signed(body)).status).toBe(200);
    }
    await edge.settle();
  }
}

/** Does something while the provider's word is held back, and answers what it would have said. */
async function eventsOf(work: () => Promise<unknown>): Promise<StripeEvent[]> {
  edge.stripe.setDelivery({ lose: 1 });
  const before = edge.stripe.store.list("events").length;
  await work();
  await edge.settle();
  const all = edge.stripe.store.list("events").toReversed().slice(before);
  edge.stripe.setDelivery({});
  return all.filter(({ type }) => /^(payment_intent|charge|refund)\./.test(type));
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((one, i) =>
    permutations(list.filter((_, at) => at !== i)).map((rest) => [one, ...rest])
  );
}

describe("a booking's events, in every order and each one to five times, come to the same", () => {
  const cases: readonly [string, () => Promise<{ id: string; events: StripeEvent[] }>][] = [
    ["declined, then paid", async () => {
      const { booking } = await open();
      const payment = await askPayment(booking.guest, booking.id);
      const events = await eventsOf(async () => {
        await payByCard(payment, "4000000000000002");
        await payByCard(payment);
      });
      return { id: booking.id, events };
    }],
    ["processing, then paid", async () => {
      const { booking } = await open();
      const payment = await askPayment(booking.guest, booking.id);
      const events = await eventsOf(async () => {
        await edge.stripe.settle(await payByDebit(payment));
      });
      return { id: booking.id, events };
    }],
    ["disputed and lost", async () => {
      const { booking } = await open();
      const payment = await askPayment(booking.guest, booking.id);
      const events = await eventsOf(async () => {
        await payByCard(payment, "4000000000000259");
        const [dispute] = edge.stripe.store.list("disputes");
        await edge.stripe.closeDispute(dispute!.id, "lost");
      });
      return { id: booking.id, events };
    }],
  ];

  it.each(cases)("%s", async (_, make) => {
    const first = await make();
    await bring(first.events, () => 1);
    const expected = await endOf(first.id);
    expect(expected).toMatchObject({ booking: "confirmed" });
    // What decides are the types that Dokkerr acts on; of the others one order is enough.
    const deciding = new Set([
      "payment_intent.processing",
      "payment_intent.payment_failed",
      "payment_intent.succeeded",
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.closed",
    ]);
    const count = first.events.filter(({ type }) => deciding.has(type)).length;
    const orders = permutations(Array.from({ length: count }, (_, i) => i));
    const copies = fc.sample(
      fc.array(fc.integer({ min: 1, max: 5 }), {
        minLength: count,
        maxLength: count,
      }),
      orders.length,
    );
    for (const [i, order] of orders.entries()) {
      const { id, events } = await make();
      const acted = events.filter(({ type }) => deciding.has(type));
      await bring(order.map((at) => acted[at]!), (at) => copies[i]![at]!);
      expect([order, await endOf(id)]).toEqual([order, expected]);
    }
  }, 120_000);

  it("a late success with its nights gone, and its refund", async () => {
    const ends: unknown[] = [];
    const types = ["payment_intent.succeeded", "charge.refunded", "refund.created"];
    for (const order of permutations(types)) {
      const { booking, dock } = await open();
      const payment = await askPayment(booking.guest, booking.id);
      edge.stripe.setFaults([{
        match: `POST /v1/payment_intents/${payment.clientSecret!.split("_secret_")[0]}/cancel`,
        kind: "refuse",
      }]);
      await edge.sql.query(`UPDATE booking SET deadline = now() WHERE id = $1`, [booking.id]);
      await holdStay(await signUp(edge, "Olga Other"), dock.id, STAY);
      const events = await eventsOf(async () => {
        await payByCard(payment);
        // The provider's word is lost, so the refund comes of asking.
        await edge.sql.query(`UPDATE payment SET updated_at = now() - interval '1 hour'`);
        if (order[0] !== "payment_intent.succeeded") await workOffPayments(edge.deps);
      });
      const sorted = order.flatMap((type) => events.filter((event) => event.type === type));
      await bring(sorted, () => 3);
      await workOffPayments(edge.deps);
      ends.push(await endOf(booking.id));
    }
    expect(ends[0]).toMatchObject({ booking: "expired", nights: 0 });
    for (const end of ends) expect(end).toEqual(ends[0]);
  });
});
