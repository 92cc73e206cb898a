import { afterAll, beforeAll, expect, it } from "vitest";
import { newDock } from "../local/test-docks.ts";
import { createTestEdge, signUp, type TestEdge } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { workOffPayments } from "./work-off-payments.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };
const UNSET = {
  STRIPE_API_URL: "",
  STRIPE_SECRET_KEY: "",
  STRIPE_PUBLISHABLE_KEY: "",
  STRIPE_WEBHOOK_SECRET: "",
};

let edge: TestEdge;
let harbour: TestHarbour;

beforeAll(async () => {
  edge = await createTestEdge({ env: UNSET });
  harbour = await createTestHarbour(edge);
});
afterAll(() => edge.close());

it("without a payment provider no dock comes to collect online, in a sentence that says why", async () => {
  const { host } = harbour;
  const online = newDock(harbour.harbour, { collection: "online" });
  const created = await host.fetch("POST /api/docks", online);
  expect([created.status, (await created.json()).detail]).toEqual([
    422,
    "Cannot create dock: collection must be at_dock: no payment provider is set up here, so " +
    "cards cannot be taken",
  ]);
  const dock = await harbour.addDock();
  const edited = await host.fetch(`PATCH /api/docks/${dock.id}`, { collection: "online" }, {
    "If-Match": `"${dock.version}"`,
  });
  expect(edited.status).toBe(422);
  const named = await host.fetch(`PATCH /api/docks/${dock.id}`, { name: "C 1" }, {
    "If-Match": `"${dock.version}"`,
  });
  expect(named.status).toBe(200);
});

it("without a payment provider a dock of before is not booked, and nobody pays", async () => {
  const dock = await harbour.addDock({ collection: "online" });
  const guest = await signUp(edge, "Gus Guest");
  const booked = await bookStay(guest, dock.id, STAY);
  expect([booked.status, (await booked.json()).code]).toEqual([409, "not-bookable"]);
  const payouts = await harbour.host.fetch("POST /api/payouts/account");
  expect([payouts.status, (await payouts.json()).detail]).toEqual([
    503,
    "Cannot take cards: no payment provider is set up here (STRIPE_SECRET_KEY)",
  ]);
  expect((await edge.fetch("POST /api/webhooks/stripe", {})).status).toBe(503);
  await workOffPayments(edge.deps);
  expect(edge.errors).toEqual([]);
});
