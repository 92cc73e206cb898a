import fc from "fast-check";
import { expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { DockPatch, HarbourPatch } from "./dock.ts";
import { applyPatch, patchOf } from "./patch.ts";

const Berth = z.object({
  name: z.string(),
  depthCm: z.optional(z.int()),
  gapCm: z._default(z.int(), 50),
});
const Patch = patchOf(Berth);

test("patchOf keeps what a patch leaves out, defaults too", () => {
  expect(z.parse(Patch, {})).toEqual({});
  expect(z.parse(DockPatch, { name: "B 12" })).toEqual({ name: "B 12" });
  expect(z.parse(HarbourPatch, { place: "Faro" })).toEqual({ place: "Faro" });
});

test("patchOf takes null only for what may be missing", () => {
  expect(z.parse(Patch, { depthCm: null })).toEqual({ depthCm: null });
  expect(z.safeParse(Patch, { name: null }).success).toBe(false);
  expect(z.safeParse(Patch, { gapCm: null }).success).toBe(false);
  expectTypeOf<z.infer<typeof Patch>>().toEqualTypeOf<
    { name?: string | undefined; depthCm?: number | null | undefined; gapCm?: number | undefined }
  >();
});

test("patchOf keeps each field's own checks", () => {
  expect(z.safeParse(DockPatch, { maxLoaCm: 99 }).success).toBe(false);
  expect(z.safeParse(DockPatch, { hullTypes: [] }).success).toBe(false);
});

test("applyPatch replaces what is named, removes nulls and changes nothing else", () => {
  const berth = { name: "A 1", depthCm: 200, gapCm: 50 };
  expect(applyPatch(berth, { depthCm: null, gapCm: 0 })).toEqual({ name: "A 1", gapCm: 0 });
  const field = fc.record({ a: fc.integer(), b: fc.string(), c: fc.boolean() });
  fc.assert(
    fc.property(field, fc.record({ a: fc.integer(), b: fc.string() }, { requiredKeys: [] }), (
      record,
      patch,
    ) => {
      const merged = applyPatch(record, patch);
      expect(merged).toEqual({ ...record, ...patch });
      expect(applyPatch(merged, patch)).toEqual(merged);
    }),
  );
});
