import { expect, test } from "vitest";
import { kindOf } from "./worker-routes.ts";

const ORIGIN = "https://dokkerr.test";

test.each([
  ["GET", "/", "navigate", "page"],
  ["GET", "/docks/7?from=2027-01-01", "navigate", "page"],
  ["GET", "/api/reference", "navigate", "pass"],
  ["GET", "/assets/first-1a2b3c4d.js", "cors", "file"],
  ["GET", "/land/10/3_4-abc.json", "cors", "file"],
  ["GET", "/icon-192.png", "no-cors", "file"],
  ["GET", "/shell.json", "cors", "pass"],
  ["GET", "/api/docks?near=1,2", "cors", "search"],
  ["GET", "/api/docks?host=me", "cors", "record"],
  ["GET", "/api/docks/7", "cors", "record"],
  ["GET", "/api/docks/7/quote?from=a&to=b", "cors", "pass"],
  ["GET", "/api/docks/tiles/root", "cors", "pass"],
  ["GET", "/api/docks/tiles?bbox=1,2,3,4", "cors", "pass"],
  ["GET", "/api/bookings/abc", "cors", "record"],
  ["GET", "/api/bookings/abc/payment", "cors", "pass"],
  ["GET", "/api/bookings/abc/receipt", "cors", "record"],
  ["GET", "/api/statements.csv?currency=EUR", "navigate", "pass"],
  // Its reader's alone, and gone with them; or with its message.
  ["GET", "/api/threads/abc/photos/a.webp", "no-cors", "record"],
  ["GET", "/api/me", "cors", "record"],
  ["GET", "/api/photos/docks/1/a.webp", "no-cors", "photo"],
  ["POST", "/api/bookings", "cors", "pass"],
  ["POST", "/api/realtime/tickets", "cors", "pass"],
  ["POST", "/api/auth/sign-out", "cors", "session"],
  ["POST", "/api/auth/sign-in/email", "cors", "session"],
  ["GET", "/readyz", "navigate", "pass"],
])("%s %s (%s) is answered as: %s", (method, path, mode, kind) => {
  expect(kindOf({ method, url: ORIGIN + path, mode }, ORIGIN)).toBe(kind);
});

test("what is elsewhere is none of the worker's business", () => {
  const url = "https://s3.test/api/docks?near=1,2";
  expect(kindOf({ method: "GET", url, mode: "cors" }, ORIGIN)).toBe("pass");
});
