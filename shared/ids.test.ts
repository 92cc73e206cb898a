import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DockId, Uuid, uuidV7 } from "./ids.ts";

describe("ids", () => {
  test("of version 7 carry their instant, and sort by it", () => {
    const random = Uint8Array.of(0xff, 0xff, 0xff, 3, 4, 5, 6, 7, 8, 9);
    const id = uuidV7(Date.parse("2022-02-22T19:22:22Z"), random);
    expect(id).toBe("017f22e2-79b0-7fff-bf03-040506070809");
    expect(Uuid.safeParse(id).success).toBe(true);
    expect(uuidV7(2, random) > uuidV7(1, random)).toBe(true);
    expect(() => uuidV7(0, new Uint8Array(9))).toThrow(RangeError);
  });

  test("of any ten bytes are ids of version and variant", () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
    fc.assert(fc.property(fc.nat(2 ** 47), bytes, (nowMs, random) => {
      expect(uuidV7(nowMs, random)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }));
  });

  test("of docks are u32", () => {
    expect([0, 1, 2 ** 32 - 1, 2 ** 32, 1.5].map((id) => DockId.safeParse(id).success))
      .toEqual([false, true, true, false, false]);
  });
});
