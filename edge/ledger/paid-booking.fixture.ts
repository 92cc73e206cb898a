import { randomUUID } from "node:crypto";
import type { QuoteLine } from "../../shared/booking.ts";
import { signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { createTestHarbour } from "../local/test-harbour.ts";

/** A price as a booking keeps it; what is neither tax nor fee is nights. */
export interface TestPrice {
  currency: string;
  totalMinor: number;
  taxMinor: number;
  feeMinor: number;
  depositMinor: number;
}

/** A sold stay with its payment, as far as the ledger looks at them: rows, without nights taken. */
export interface SoldStay {
  bookingId: string;
  paymentId: string;
  price: TestPrice;
}

/** One guest, one host and one dock, and stays between them. */
export interface LedgerWorld {
  guest: TestPerson;
  host: TestPerson;
  dockId: number;
  addStay(price?: Partial<TestPrice>): Promise<SoldStay>;
  /** Another payment of a stay, as a change that costs more has. */
  addPayment(stay: SoldStay, totalMinor: number): Promise<string>;
  /** Makes the stay another one, as a change does. */
  changePrice(stay: SoldStay, price: TestPrice): Promise<void>;
  /** What the guest is to have paid from now on, and what of the deposit is the host's. */
  owe(
    stay: SoldStay,
    owed: { totalMinor: number; depositMinor: number; keptMinor?: number },
  ): Promise<void>;
}

export const USUAL_PRICE: TestPrice = {
  currency: "EUR",
  totalMinor: 11_550,
  taxMinor: 1_000,
  feeMinor: 550,
  depositMinor: 5_000,
};

function quoteOf(price: TestPrice): { lines: QuoteLine[] } & Record<string, unknown> {
  const { currency, totalMinor, taxMinor, feeMinor, depositMinor } = price;
  const lines = [
    { code: "nights", label: "Nights", amountMinor: totalMinor - taxMinor - feeMinor },
    { code: "tax", label: "Tax", amountMinor: taxMinor },
    { code: "platform-fee", label: "Fee", amountMinor: feeMinor },
  ];
  return { currency, totalMinor, depositMinor, lines, ratesVersion: 1 };
}

export async function createLedgerWorld(edge: TestEdge): Promise<LedgerWorld> {
  const { sql } = edge;
  const harbour = await createTestHarbour(edge);
  const { host } = harbour;
  const guest = await signUp(edge, "Gus Guest");
  const dock = await harbour.addDock();
  const threadId = randomUUID();
  await sql.query(`SELECT open_thread($1, $2, $3, $4)`, [threadId, dock.id, guest.id, host.id]);

  async function addPayment(bookingId: string, price: TestPrice): Promise<string> {
    const { totalMinor, depositMinor, currency } = price;
    const id = randomUUID();
    await sql.query(
      `INSERT INTO payment (
         id, booking_id, purpose, capture, currency, amount_minor, total_minor, deposit_minor)
       VALUES ($1, $2, 'stay', 'automatic', $3, $4, $5, $6)`,
      [id, bookingId, currency, totalMinor + depositMinor, totalMinor, depositMinor],
    );
    return id;
  }

  return {
    guest,
    host,
    dockId: dock.id,
    async addStay(values) {
      const price = { ...USUAL_PRICE, ...values };
      const bookingId = randomUUID();
      await sql.query(
        `INSERT INTO booking (
           id, version, status, dock_id, guest_id, host_id, thread_id, nights, span, check_in_at,
           hold_until_at, check_out_at, vessel, quote, cancellation_policy, cancellation_tiers,
           policy_from, collection, owed_total_minor, owed_deposit_minor)
         VALUES (
           $1, 1, 'confirmed', $2, $3, $4, $5, '[2027-07-03,2027-07-10)', '[0,)',
           '2027-07-03T18:00Z', '2027-07-04T00:00Z', '2027-07-10T16:00Z', $6, $7, 'moderate',
           '[]', '2027-07-03T18:00Z', 'online', $8, $9)`,
        [
          bookingId,
          dock.id,
          guest.id,
          host.id,
          threadId,
          JSON.stringify({ name: "Petrel", hullType: "mono", loaCm: 1_200 }),
          JSON.stringify(quoteOf(price)),
          price.totalMinor,
          price.depositMinor,
        ],
      );
      return { bookingId, paymentId: await addPayment(bookingId, price), price };
    },
    addPayment: (stay, totalMinor) =>
      addPayment(stay.bookingId, { ...stay.price, totalMinor, depositMinor: 0 }),
    async changePrice({ bookingId }, price) {
      await sql.query(
        `UPDATE booking SET quote = $2, owed_total_minor = $3, owed_deposit_minor = $4
         WHERE id = $1`,
        [bookingId, JSON.stringify(quoteOf(price)), price.totalMinor, price.depositMinor],
      );
    },
    async owe({ bookingId }, { totalMinor, depositMinor, keptMinor }) {
      await sql.query(
        `UPDATE booking
         SET owed_total_minor = $2, owed_deposit_minor = $3, deposit_kept_minor = $4
         WHERE id = $1`,
        [bookingId, totalMinor, depositMinor, keptMinor ?? null],
      );
    },
  };
}
