import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalRequest, checkHubRequest, INTERNAL, signHubRequest } from "./hub.ts";
import type { HubRequest } from "./hub.ts";

const NONCE = "0123456789abcdef";
const NOW = 1_800_000_000;
/** Says all that it signs; the platforms' HMAC is tested where they are. */
const hmacOf = (secret: string) => (text: string) => Promise.resolve(`${secret} ${text}`);
const hmac = hmacOf("one secret");

const request: HubRequest = {
  audience: "edge",
  method: "POST",
  path: "/internal/tick?x=1",
  body: "{}",
};

async function check(change: Partial<HubRequest>, nowSeconds = NOW, key = hmac) {
  const signed = await signHubRequest(request, NOW, NONCE, hmac);
  const headers = { get: (name: string) => signed[name] ?? null };
  return await checkHubRequest({ ...request, ...change }, headers, nowSeconds, key);
}

test("a signed request is let through, with its nonce", async () => {
  expect(await check({})).toEqual({ ok: true, nonce: NONCE });
  expect(await check({}, NOW + 30)).toEqual({ ok: true, nonce: NONCE });
});

test.each<Partial<HubRequest>>([
  { audience: "hub" },
  { method: "GET" },
  { path: "/internal/tick?x=2" },
  { body: "{} " },
])("a request changed to %j is forged", async (change) => {
  expect(await check(change)).toEqual({ ok: false, reason: "forged" });
});

test("another key, a time out of tolerance, missing headers are refused", async () => {
  expect(await check({}, NOW, hmacOf("another"))).toEqual({ ok: false, reason: "forged" });
  expect(await check({}, NOW + 31)).toEqual({ ok: false, reason: "stale" });
  expect(await check({}, NOW - 31)).toEqual({ ok: false, reason: "stale" });
  expect(await checkHubRequest(request, { get: () => null }, NOW, hmac))
    .toEqual({ ok: false, reason: "unsigned" });
});

test("no two requests have the same canonical text", () => {
  const line = fc.string().map((text) => text.replaceAll("\n", ""));
  const part = fc.tuple(line, line, fc.string(), fc.nat(), line);
  const text = ([method, path, body, time, nonce]: [string, string, string, number, string]) =>
    canonicalRequest({ audience: "hub", method, path, body }, time, nonce);
  fc.assert(fc.property(part, part, (a, b) => {
    expect(text(a) === text(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
  }));
});

test("INTERNAL escapes what a query may not hold", () => {
  expect(INTERNAL.logEntry("t", "u1", "a:b.c-d_e"))
    .toBe("/internal/threads/t/log?senderId=u1&clientId=a%3Ab.c-d_e");
});
