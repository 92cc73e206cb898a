import { expect, test } from "vitest";
import { NamedVessel, PartialVessel } from "./boat.ts";

test("a vessel may be known in part, a named one not", () => {
  expect(PartialVessel.safeParse({}).success).toBe(true);
  expect(PartialVessel.safeParse({ loaCm: 99 }).success).toBe(false);
  expect(NamedVessel.safeParse({ loaCm: 1200 }).success).toBe(false);
  const boat = { name: " Ada ", hullType: "mono", loaCm: 1200, beamCm: 390, draftCm: 180 };
  expect(NamedVessel.parse(boat).name).toBe("Ada");
});
