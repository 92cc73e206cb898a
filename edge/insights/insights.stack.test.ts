import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestEdge, signUp, type TestEdge } from "../local/test-edge.ts";
import type { SharedCache } from "../platform/cache.ts";

let edge: TestEdge;
let isCacheUp = true;

const cache: SharedCache = {
  getMany: () => Promise.resolve(undefined),
  getTimed: () => Promise.resolve(undefined),
  setMany: () => Promise.resolve(false),
  delete: () => Promise.resolve(false),
  ping: () => isCacheUp ? Promise.resolve() : Promise.reject(new Error("away")),
};

beforeAll(async () => {
  edge = await createTestEdge({ parts: { cache } });
});
afterAll(() => edge.close());

test("readyz says what is up; only the database decides", async () => {
  const up = await edge.fetch("GET /readyz");
  expect(up.status).toBe(200);
  expect(await up.json()).toEqual({
    status: "ready",
    parts: { database: "up", cache: "up", hub: "up" },
  });
  isCacheUp = false;
  edge.hub.isAway = true;
  const without = await edge.fetch("GET /readyz");
  expect(without.status).toBe(200);
  expect(await without.json()).toEqual({
    status: "ready",
    parts: { database: "up", cache: "down", hub: "down" },
  });
  edge.hub.isAway = false;
});

test("metrics count requests by route and status, never by path", async () => {
  const ann = await signUp(edge, "Ann");
  for (const id of ["a", "b", "c"]) await ann.fetch(`GET /api/boats/${id}`);
  await ann.fetch("GET /no/such/page");
  const response = await edge.fetch("GET /metrics");
  expect(response.headers.get("Content-Type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  expect(text).toContain(
    'dokkerr_http_requests_total{method="GET",route="/api/boats/:id",status="404"} 3',
  );
  expect(text).toContain('route="*",status="404"} 1');
  expect(text).not.toContain("/no/such/page");
});
