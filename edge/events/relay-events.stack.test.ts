import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { relayEvents } from "./relay-events.ts";
import { tick } from "./tick.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
});
afterAll(() => edge.close());

describe("relayEvents", () => {
  it("brings each move to the booking's room and to both inboxes, in order", async () => {
    const dock = await harbour.addDock({ instantBook: false });
    const booking = await (await bookStay(guest, dock.id, STAY)).json();
    await edge.settle();
    await harbour.host.fetch(`POST /api/bookings/${booking.id}/accept`);
    await edge.settle();
    const pushes = edge.hub.published.filter(({ id }) => id === booking.id);
    const statuses = pushes.map(({ body }) =>
      (body as { booking: { status: string } }).booking.status
    );
    expect(statuses).toEqual(["requested", "confirmed"]);
    const inboxes = edge.hub.published.filter(({ party }) => party === "inbox").map(({ id }) => id);
    expect(new Set(inboxes)).toEqual(new Set([guest.id, harbour.host.id]));
    expect(JSON.stringify(pushes)).not.toContain("Gus");
    expect(await relayEvents(edge.deps)).toBe(0);
  });

  it("tells the room of its payment, in the same order", async () => {
    const rate = { currency: "USD", basis: "per_night", minor: 9_000 } as const;
    const dock = await harbour.addDock({ collection: "online", rate });
    const booking = await (await bookStay(guest, dock.id, STAY)).json();
    const { id, amountMinor } = booking.payment;
    await edge.sql.query("SELECT payment_captured($1, $2, now())", [id, amountMinor]);
    await relayEvents(edge.deps);
    await edge.settle();
    const payments = edge.hub.published
      .filter(({ id, body }) => id === booking.id && (body as { kind: string }).kind === "payment")
      .map(({ body }) => (body as { payment: { status: string; version: number } }).payment);
    expect(payments.map(({ status }) => status)).toEqual(["open", "captured"]);
    expect(payments[1]!.version).toBeGreaterThan(payments[0]!.version);
  });

  it("keeps what a hub that is away did not take, and brings it when it is back", async () => {
    const dock = await harbour.addDock();
    edge.hub.isAway = true;
    const booking = await (await bookStay(guest, dock.id, STAY)).json();
    expect(booking.status).toBe("confirmed");
    await edge.settle();
    edge.hub.isAway = false;
    expect(edge.hub.published.some(({ id }) => id === booking.id)).toBe(false);
    await tick(edge.deps);
    expect(edge.hub.published.some(({ id }) => id === booking.id)).toBe(true);
  });
});
