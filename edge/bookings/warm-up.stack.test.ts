import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestEdge, type TestEdge } from "../local/test-edge.ts";
import { warmUpBooking } from "./warm-up.ts";

let edge: TestEdge;
beforeAll(async () => {
  edge = await createTestEdge();
});
afterAll(() => edge.close());

it("warmUpBooking opens so many connections and leaves nothing behind", async () => {
  await warmUpBooking(edge.sql, 6);
  const [open] = await edge.sql.query<{ count: number }>(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()",
  );
  expect(open!.count).toBeGreaterThanOrEqual(6);
  expect(await edge.sql.query("SELECT 1 FROM idempotency")).toEqual([]);
});
