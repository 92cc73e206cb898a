import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Boat, NewBoat } from "../../shared/boat.ts";
import { boatFormFaults } from "./boat-form-check.ts";
import { boatToForm, emptyBoatForm, formToBoat } from "./boat-form.ts";
import type { BoatForm } from "./boat-form.ts";

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const boats = fc.record({
  id: fc.constant("018f0000-0000-7000-8000-000000000001"),
  version: fc.integer({ min: 1, max: 99 }),
  name: fc.constantFrom("Ida", "Skarv", "L'Étoile"),
  hullType: fc.constantFrom("mono", "multi", "power"),
  loaCm: fc.integer({ min: 1_000, max: 30_000 }),
  beamCm: fc.integer({ min: 30, max: 6_000 }),
  draftCm: fc.integer({ min: 5, max: 2_000 }),
  hullLengthCm: maybe(fc.integer({ min: 100, max: 1_000 })),
  airDraftCm: maybe(fc.integer({ min: 30, max: 12_000 })),
  displacementKg: maybe(fc.integer({ min: 50, max: 20_000_000 })),
  takesGround: maybe(fc.boolean()),
  inlets: maybe(fc.array(
    fc.record({
      plug: fc.constantFrom("cee_16", "nema_l5_30"),
      volts: fc.integer({ min: 12, max: 690 }),
      amps: fc.integer({ min: 1, max: 800 }),
      phases: fc.constantFrom(1, 3),
      required: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )),
  insuranceExpires: fc.constantFrom("2027-03-31", "2030-12-01"),
  insuranceLimit: maybe(fc.record({
    amountMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
    currency: fc.constantFrom("EUR", "JPY", "KWD"),
  })),
});

/** What is undefined is left out, as in JSON. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function formOf(part: Partial<BoatForm>): BoatForm {
  const vessel = { hullType: "mono", loaCm: 1200, beamCm: 390, draftCm: 200 } as const;
  return { ...emptyBoatForm(vessel, "EUR"), name: "Ida", ...part };
}

describe("boat form", () => {
  it("brings every boat through unharmed", () => {
    fc.assert(fc.property(boats, (record) => {
      const boat = Boat.parse(plain(record));
      const form = boatToForm(boat, "NOK");
      expect(boatFormFaults(form, "m", "en")).toEqual({});
      const { id: _, version: __, ...values } = boat;
      expect(formToBoat(form)).toEqual(values);
    }));
  });

  it("begins with what a search was told", () => {
    const form = emptyBoatForm({ hullType: "power", loaCm: 900 }, "USD");
    expect(form).toMatchObject({ hullType: "power", loaCm: 900, beamCm: null, name: "" });
    expect(Object.keys(boatFormFaults(form, "m", "en"))).toEqual(["name", "beamCm", "draftCm"]);
  });

  it.each(
    [
      ["name", { name: "  " }],
      ["loaCm", { loaCm: 99 }],
      ["loaCm", { loaCm: 30_001 }],
      ["beamCm", { beamCm: 6_001 }],
      ["draftCm", { draftCm: 4 }],
      ["airDraftCm", { airDraftCm: 29 }],
      ["displacementKg", { tonnes: "0.04" }],
      ["displacementKg", { tonnes: "20001" }],
      ["inlets", {
        inlets: [{ plug: "cee_16", volts: "11", amps: "16", phases: "1", required: false }],
      }],
      ["inlets", {
        inlets: [{ plug: "cee_16", volts: "230", amps: "801", phases: "1", required: false }],
      }],
    ] as const,
  )("finds what the API refuses about %s", (path, part) => {
    const form = formOf(part);
    const faults = Object.keys(boatFormFaults(form, "m", "en"));
    expect(faults.map((fault) => fault.split(".")[0])).toEqual([path]);
    const refused = NewBoat.safeParse(formToBoat(form));
    expect(refused.success).toBe(false);
    expect(refused.error!.issues.map((issue) => issue.path[0])).toEqual([path]);
  });

  it.each(
    [
      ["hullLengthCm", { hullLengthCm: 1201 }],
      ["displacementKg", { tonnes: "heavy" }],
      ["inlets.0.amps", {
        inlets: [{ plug: "cee_16", volts: "230", amps: "", phases: "1", required: true }],
      }],
      ["insuranceLimit", { insuranceAmount: "much", insuranceExpires: "2030-01-01" }],
      ["insuranceExpires", { insuranceAmount: "3000000" }],
    ] as const,
  )("finds what makes no sense about %s", (path, part) => {
    expect(Object.keys(boatFormFaults(formOf(part), "m", "en"))).toEqual([path]);
  });

  it("speaks of bounds in the person's unit", () => {
    expect(boatFormFaults(formOf({ loaCm: 99 }), "ft", "en")["loaCm"]).toContain("3′ 3″");
    expect(boatFormFaults(formOf({ loaCm: 99 }), "m", "en")["loaCm"]).toContain("1 m to 300 m");
  });
});
