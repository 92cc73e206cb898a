import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HullType, type Inlet, type PartialVessel, Plug } from "./boat.ts";
import { DockKind, type Outlet } from "./dock.ts";
import { fitBoat, type FitDock, fitVerdict, isVesselGiven } from "./fit.ts";
import { writeFit } from "./fit-json.ts";
import { dayToDate } from "./stay.ts";

const SLIP: FitDock = {
  kind: "slip",
  minLoaCm: 600,
  maxLoaCm: 1400,
  maxBeamCm: 450,
  depthLatCm: 250,
  hasOverhead: false,
  overheadLatCm: null,
  maxDisplacementKg: null,
  outlets: [],
  hullTypes: ["mono", "multi", "power"],
  requiresInsurance: false,
};
const SLOOP: PartialVessel = { hullType: "mono", loaCm: 1200, beamCm: 390, draftCm: 180 };
const TIDE = { lowCm: 0, highCm: 320 };

function reasonOf(
  rule: string,
  dock: Partial<FitDock>,
  vessel: PartialVessel,
  water: { lowCm: number; highCm: number } | undefined = TIDE,
  departure?: string,
) {
  const fit = fitBoat({ ...SLIP, ...dock }, { ...SLOOP, ...vessel }, water, departure);
  return fit.reasons.find((reason) => reason.rule === rule);
}

function codeOf(...args: Parameters<typeof reasonOf>) {
  return reasonOf(...args)?.code;
}

describe("fitBoat", () => {
  test("gives one reason for each rule that has something to compare", () => {
    const fit = fitBoat(SLIP, SLOOP, TIDE);
    expect(fit.verdict).toBe("fits");
    expect(fit.reasons.map((reason) => reason.rule)).toEqual([
      "length",
      "beam",
      "depth",
      "hull_type",
    ]);
  });

  test("length takes both ends of the berth's range", () => {
    expect(codeOf("length", {}, { loaCm: 1400 })).toBe("length-fits");
    expect(codeOf("length", {}, { loaCm: 1401 })).toBe("too-long");
    expect(codeOf("length", {}, { loaCm: 600 })).toBe("length-fits");
    expect(codeOf("length", {}, { loaCm: 599 })).toBe("too-short");
    expect(fitBoat(SLIP, { draftCm: 100 }, TIDE).reasons[0]?.code).toBe("loa-unknown");
  });

  test("beam is no question at a buoy or along a quay", () => {
    expect(codeOf("beam", {}, { beamCm: 450 })).toBe("beam-fits");
    expect(codeOf("beam", {}, { beamCm: 451 })).toBe("too-wide");
    expect(codeOf("beam", { maxBeamCm: null }, {})).toBe("max-beam-unknown");
    for (const kind of ["mooring", "side_tie", "t_head"] as const) {
      expect(codeOf("beam", { kind }, { beamCm: 900 })).toBeUndefined();
    }
  });

  test("depth keeps a margin under the keel at lowest water", () => {
    const reason = reasonOf("depth", { depthLatCm: 195 }, {});
    expect(reason).toMatchObject({ code: "too-shallow", verdict: "no" });
    expect(reason).toMatchObject({ needed: 210, available: 195 });
    expect(reason?.text).toBe("Draft 1.80 m + 0.30 m margin needs 2.10 m; 1.95 m at lowest water");
    expect(codeOf("depth", { depthLatCm: 210 }, {})).toBe("deep-enough");
    expect(codeOf("depth", { depthLatCm: 195 }, {}, { lowCm: 15, highCm: 90 })).toBe("deep-enough");
  });

  test("a boat that takes the ground lies where high water brings her", () => {
    expect(codeOf("depth", { depthLatCm: -50 }, { takesGround: true })).toBe(
      "aground-at-low-water",
    );
    expect(codeOf("depth", { depthLatCm: -150 }, { takesGround: true })).toBe("too-shallow");
    expect(codeOf("depth", { depthLatCm: -50 }, { takesGround: false })).toBe("too-shallow");
  });

  test("a boat that takes the ground is told her tides, and refused where she has none", () => {
    const dock = { ...SLIP, depthLatCm: -50 };
    const vessel = { ...SLOOP, takesGround: true };
    const window = { from: "2027-07-03T18:10:00.000Z", to: "2027-07-03T20:50:00.000Z" };
    const windows = { arrival: [window], departure: [window] };
    const fit = fitBoat(dock, vessel, TIDE, "2027-07-10", windows);
    expect(fit.verdict).toBe("conditional");
    expect(fit.reasons.filter((reason) => reason.windows)).toEqual([
      expect.objectContaining({ code: "aground-at-low-water", windows }),
    ]);
    const never = { arrival: [], departure: [] };
    expect(fitVerdict(dock, vessel, TIDE, "2027-07-10", never)).toBe("no");
    const refused = fitBoat(dock, vessel, TIDE, "2027-07-10", never);
    expect(refused).toMatchObject({ verdict: "no" });
    expect(refused.reasons).toContainEqual(expect.objectContaining({ code: "no-tide-to-enter" }));
    expect(refused.reasons.find((reason) => reason.rule === "depth")?.text).toContain(
      "but never between check-in and check-out",
    );
    const afloat = fitBoat(SLIP, vessel, TIDE, "2027-07-10", windows);
    expect(afloat.reasons.some((reason) => reason.windows)).toBe(false);
  });

  test("without a tide station depth is held against LAT itself", () => {
    const ask = (depthLatCm: number | null, vessel: PartialVessel) =>
      fitBoat({ ...SLIP, depthLatCm }, { ...SLOOP, ...vessel }, undefined).reasons
        .find((reason) => reason.rule === "depth")?.code;
    expect(ask(210, {})).toBe("deep-enough");
    expect(ask(209, {})).toBe("too-shallow");
    expect(ask(209, { takesGround: true })).toBe("tide-unknown");
    expect(ask(null, {})).toBe("depth-unknown");
  });

  test("an overhead is cleared at highest water", () => {
    const bridge = { hasOverhead: true, overheadLatCm: 2000 };
    expect(codeOf("air_draft", bridge, { airDraftCm: 1630 })).toBe("clears-overhead");
    expect(codeOf("air_draft", bridge, { airDraftCm: 1631 })).toBe("too-high");
    expect(codeOf("air_draft", bridge, {})).toBe("air-draft-unknown");
    expect(codeOf("air_draft", { hasOverhead: true }, { airDraftCm: 100 })).toBe(
      "overhead-unknown",
    );
  });

  test("without a tide station an overhead is unknown, or surely too low", () => {
    const ask = (airDraftCm: number) =>
      fitBoat({ ...SLIP, hasOverhead: true, overheadLatCm: 2000 }, { airDraftCm }, undefined)
        .reasons.find((reason) => reason.rule === "air_draft")?.code;
    expect(ask(1950)).toBe("high-water-unknown");
    expect(ask(1951)).toBe("too-high");
  });

  test("weight is a question where a limit is stated, or where something bears the boat", () => {
    expect(codeOf("displacement", {}, {})).toBeUndefined();
    expect(codeOf("displacement", { maxDisplacementKg: 9000 }, {})).toBe("displacement-unknown");
    expect(codeOf("displacement", { maxDisplacementKg: 9000 }, { displacementKg: 9000 })).toBe(
      "light-enough",
    );
    expect(codeOf("displacement", { maxDisplacementKg: 9000 }, { displacementKg: 9001 })).toBe(
      "too-heavy",
    );
    expect(codeOf("displacement", { kind: "dry_rack" }, {})).toBe("max-displacement-unknown");
    expect(codeOf("displacement", { kind: "mooring" }, {})).toBe("max-displacement-unknown");
  });

  test("a hull that is not given is a question only where not all are taken", () => {
    const ask = (hullTypes: HullType[]) =>
      fitBoat({ ...SLIP, hullTypes }, { loaCm: 900 }, TIDE).reasons
        .find((reason) => reason.rule === "hull_type")?.code;
    expect(ask(["mono", "multi", "power"])).toBeUndefined();
    expect(ask(["mono"])).toBe("hull-unknown");
    expect(codeOf("hull_type", { hullTypes: ["multi"] }, {})).toBe("hull-not-taken");
  });

  test("insurance must reach the day of departure", () => {
    const dock = { requiresInsurance: true };
    const insured = { insuranceExpires: "2027-07-10" };
    expect(codeOf("insurance", dock, insured, TIDE, "2027-07-10")).toBe("insured");
    expect(codeOf("insurance", dock, insured, TIDE, "2027-07-11")).toBe("insurance-ends");
    expect(codeOf("insurance", dock, insured)).toBe("departure-unknown");
    expect(codeOf("insurance", dock, {}, TIDE, "2027-07-10")).toBe("insurance-unknown");
    expect(codeOf("insurance", {}, {}, TIDE, "2027-07-10")).toBeUndefined();
  });

  test("the worst rule decides: no, unknown, conditional, fits", () => {
    const dries = { ...SLIP, depthLatCm: -50 };
    const grounder = { ...SLOOP, takesGround: true };
    expect(fitBoat(dries, grounder, TIDE).verdict).toBe("conditional");
    expect(fitBoat({ ...dries, maxBeamCm: null }, grounder, TIDE).verdict).toBe("unknown");
    expect(fitBoat({ ...dries, maxBeamCm: null, maxLoaCm: 1100 }, grounder, TIDE).verdict)
      .toBe("no");
  });
});

const inlet = (plug: Plug, volts: number, amps: number, phases: 1 | 3, required = true): Inlet => ({
  plug,
  volts,
  amps,
  phases,
  required,
});
const outlet = (plug: Plug, volts: number, amps: number, phases: 1 | 3 = 1): Outlet => ({
  plug,
  volts,
  amps,
  phases,
});

describe("shore power", () => {
  const ask = (inlets: Inlet[] | undefined, outlets: Outlet[]) =>
    codeOf("power", { outlets }, inlets ? { inlets } : {});

  test("is no question for a boat that needs none", () => {
    expect(ask(undefined, [])).toBeUndefined();
    expect(ask([], [])).toBeUndefined();
    expect(ask([inlet("cee_16", 230, 16, 1, false)], [])).toBeUndefined();
  });

  test("fits the same plug within a tenth of the volts", () => {
    expect(ask([inlet("cee_16", 230, 16, 1)], [outlet("cee_16", 220, 16)])).toBe("power-fits");
    expect(ask([inlet("cee_16", 230, 10, 1)], [outlet("cee_16", 253, 16)])).toBe("power-fits");
    expect(ask([inlet("cee_16", 230, 16, 1)], [outlet("cee_16", 120, 16)])).toBe("no-outlet");
    expect(ask([inlet("cee_16", 230, 16, 1)], [])).toBe("no-outlet");
  });

  test("fewer amps and another plug are conditions", () => {
    expect(ask([inlet("cee_32", 230, 32, 1)], [outlet("cee_32", 230, 20)])).toBe(
      "power-fewer-amps",
    );
    expect(ask([inlet("cee_32", 230, 32, 1)], [outlet("cee_16", 230, 16)])).toBe("power-adapter");
  });

  test("an adapter brings one phase out of three, or one leg out of two", () => {
    expect(ask([inlet("cee_16", 230, 16, 1)], [outlet("cee_32", 400, 32, 3)])).toBe(
      "power-adapter",
    );
    expect(ask([inlet("nema_l5_30", 120, 30, 1)], [outlet("nema_ss2_50", 240, 50)])).toBe(
      "power-adapter",
    );
    expect(ask([inlet("cee_32", 400, 32, 3)], [outlet("cee_32", 230, 32, 1)])).toBe("no-outlet");
  });

  test("each required inlet has an outlet of its own, or they share", () => {
    const two = [inlet("nema_l5_30", 120, 30, 1), inlet("nema_l5_30", 120, 30, 1)];
    const l530 = outlet("nema_l5_30", 120, 30);
    expect(ask(two, [l530, l530])).toBe("power-fits");
    expect(ask(two, [l530])).toBe("power-shared");
    // The first outlet serves both inlets, the second only the smaller one.
    const mixed = [inlet("cee_16", 230, 10, 1), inlet("cee_16", 230, 16, 1)];
    expect(ask(mixed, [outlet("cee_16", 230, 16), outlet("cee_16", 230, 10)])).toBe("power-fits");
  });

  test("an inlet that is not required never makes it worse", () => {
    const optional = inlet("cee_63", 400, 63, 3, false);
    expect(ask([optional, inlet("cee_16", 230, 16, 1)], [outlet("cee_16", 230, 16)])).toBe(
      "power-fits",
    );
  });
});

const known = (max: number) => fc.option(fc.integer({ min: -300, max }), { nil: null });
const anyOutlet = fc.record({
  plug: fc.constantFrom(...Plug.options),
  volts: fc.constantFrom(120, 208, 230, 240, 400),
  amps: fc.constantFrom(10, 16, 30, 32, 50),
  phases: fc.constantFrom<1 | 3>(1, 3),
});
const anyDock: fc.Arbitrary<FitDock> = fc.record({
  kind: fc.constantFrom(...DockKind.options),
  minLoaCm: known(900),
  maxLoaCm: fc.integer({ min: 100, max: 4000 }),
  maxBeamCm: known(700),
  depthLatCm: known(600),
  hasOverhead: fc.boolean(),
  overheadLatCm: known(3000),
  maxDisplacementKg: known(20_000),
  outlets: fc.array(anyOutlet, { maxLength: 4 }),
  hullTypes: fc.subarray([...HullType.options], { minLength: 1 }),
  requiresInsurance: fc.boolean(),
});
const anyVessel = fc.record({
  hullType: fc.constantFrom(...HullType.options),
  loaCm: fc.integer({ min: 100, max: 4000 }),
  beamCm: fc.integer({ min: 30, max: 900 }),
  draftCm: fc.integer({ min: 5, max: 500 }),
  airDraftCm: fc.integer({ min: 30, max: 3000 }),
  displacementKg: fc.integer({ min: 50, max: 30_000 }),
  takesGround: fc.boolean(),
  inlets: fc.array(
    fc.tuple(anyOutlet, fc.boolean()).map(([outlet, required]) => ({ ...outlet, required })),
    { maxLength: 4 },
  ),
  insuranceExpires: fc.integer({ min: 20_900, max: 21_100 }).map(dayToDate),
}, { requiredKeys: [] });
const anyWater = fc.option(
  fc.record({ lowCm: fc.nat(100), rise: fc.nat(900) })
    .map(({ lowCm, rise }) => ({ lowCm, highCm: lowCm + rise })),
  { nil: undefined },
);

const SEVERITY = ["fits", "conditional", "unknown", "no"];

describe("fit's properties", () => {
  test("the verdict is the worst of the reasons, and the quick one agrees", () => {
    fc.assert(fc.property(anyDock, anyVessel, anyWater, (dock, vessel, water) => {
      const { verdict, reasons } = fitBoat(dock, vessel, water, "2027-07-10");
      const worst = Math.max(...reasons.map((reason) => SEVERITY.indexOf(reason.verdict)));
      expect(SEVERITY.indexOf(verdict)).toBe(worst);
      expect(fitVerdict(dock, vessel, water, "2027-07-10")).toBe(verdict);
      expect(writeFit(dock, vessel, water, "2027-07-10")).toBe(
        JSON.stringify({ verdict, reasons }),
      );
      expect(new Set(reasons.map((reason) => reason.rule)).size).toBe(reasons.length);
    }));
  });

  test("knowing one thing more never turns no into anything else", () => {
    fc.assert(fc.property(anyDock, anyVessel, anyWater, (dock, vessel, water) => {
      const { takesGround: _, ...rest } = vessel;
      for (const name of Object.keys(rest)) {
        const { [name as keyof typeof rest]: __, ...fewer } = rest;
        if (fitVerdict(dock, fewer, water) === "no") {
          expect(fitVerdict(dock, rest, water)).toBe("no");
        }
      }
    }));
  });

  test("no sentence speaks of undefined, null or NaN", () => {
    fc.assert(fc.property(anyDock, anyVessel, anyWater, (dock, vessel, water) => {
      for (const { text } of fitBoat(dock, vessel, water, "2027-07-10").reasons) {
        expect(text).not.toMatch(/undefined|null|NaN|Infinity/);
      }
    }));
  });
});

test("isVesselGiven asks whether anything is known", () => {
  expect(isVesselGiven({})).toBe(false);
  expect(isVesselGiven({ draftCm: 180 })).toBe(true);
});
