import { expect, test } from "vitest";
import { nameToRoom, roomToName, roomToPath, TicketClaims } from "./ticket.ts";

test("a room's name and its parts are each other's inverse", () => {
  const room = { party: "thread", id: "0190c2d0-0000-7000-8000-000000000001" } as const;
  expect(nameToRoom(roomToName(room))).toEqual(room);
  expect(roomToPath(room.party, room.id)).toBe(`/parties/thread/${room.id}`);
});

test.each(["", "thread", "thread:", ":x", "clock:main", "thread:a/b", "thread:a:b", "Thread:a"])(
  "nameToRoom refuses %s",
  (name) => expect(nameToRoom(name)).toBeUndefined(),
);

test("TicketClaims refuses a ticket that lives over a minute", () => {
  const claims = { aud: "thread:1", sub: "u", sid: "s", jti: "0123456789abcdef", iat: 100 };
  expect(TicketClaims.safeParse({ ...claims, exp: 160 }).success).toBe(true);
  expect(TicketClaims.safeParse({ ...claims, exp: 161 }).success).toBe(false);
  expect(TicketClaims.safeParse({ ...claims, exp: 100 }).success).toBe(false);
});
