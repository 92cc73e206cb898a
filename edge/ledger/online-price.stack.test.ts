import { afterAll, beforeAll, expect, test } from "vitest";
import { QuoteAnswer, SearchAnswer } from "../../shared/api.ts";
import type { Collection, HostDock } from "../../shared/dock.ts";
import { createTestEdge, type TestEdge } from "../local/test-edge.ts";
import { createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";

const RATE = {
  currency: "USD",
  basis: "per_length_night",
  minor: 333,
  taxPercent: 7.725,
  fees: { cleaningMinor: 1_501, powerPerNightMinor: 0 },
  depositMinor: 20_000,
} as const;

let edge: TestEdge;
let harbour: TestHarbour;
beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
});
afterAll(() => edge.close());

const STAY = "from=2027-07-03&to=2027-07-05&loaCm=1234&beamCm=380&draftCm=180&hullType=mono";

async function quoted(dock: HostDock): Promise<QuoteAnswer> {
  return QuoteAnswer.parse(
    await (await edge.fetch(`GET /api/docks/${dock.id}/quote?${STAY}`)).json(),
  );
}

test("a search's price is the quote's, with the platform's fee where it is paid online", async () => {
  const add = (collection: Collection) => harbour.addDock({ rate: RATE, collection });
  const [ashore, online] = [await add("at_dock"), await add("online")];
  const found = SearchAnswer.parse(
    await (await edge.fetch(`GET /api/docks?near=41.49,-71.33&radiusM=20000&${STAY}`)).json(),
  );
  const totals = Object.fromEntries(
    found.items.map(({ id, price }) => [id, price?.totalMinor] as const),
  );
  const [atDock, byCard] = [await quoted(ashore), await quoted(online)];
  expect(totals).toEqual({ [ashore.id]: atDock.totalMinor, [online.id]: byCard.totalMinor });
  // Two nights of 41.0922 and the cleaning: 97.19, and 7.725 % of it; the fee is 4.8595.
  expect(atDock.totalMinor).toBe(9_719 + 751);
  expect(byCard.totalMinor).toBe(9_719 + 751 + 486);
  expect(byCard.lines.at(-1)).toEqual({
    code: "platform-fee",
    label: "Service fee, 5 %",
    amountMinor: 486,
  });
});
