import { describe, expect, it } from "vitest";
import { NewDock, NewHarbour } from "../../shared/dock.ts";
import type { HostDock } from "../api/host-api.ts";
import { changesToPatch } from "./host-changes.ts";
import { dockFormFaults, harbourFormFaults } from "./host-form-check.ts";
import { dockToForm, emptyDock, emptyHarbour, formToDock, formToHarbour } from "./host-form.ts";
import type { DockForm } from "./host-form.ts";
import { mergeForms } from "./merge-forms.ts";

const blank = emptyDock({ currency: "EUR", depthDatum: "LAT" });
const slip: DockForm = {
  ...blank,
  name: "Berth 7",
  lat: "37° 01.5′ N",
  lon: "7 50.4 W",
  maxLoaCm: 1250,
  depthCm: 280,
  maxTonnes: "12,5",
  outlets: [{ plug: "cee_16", volts: "230", amps: "16", phases: "1" }],
  price: "42,50",
  seasons: [{ name: "Summer", from: "06-01", to: "09-01", price: "60" }],
  weekdayPercents: ["100", "100", "100", "100", "120", "120", "100"],
  weeklyDiscount: "7,5",
  cleaning: "15",
  closures: [{ from: "11-01", to: "03-01" }],
  firstRefusalUntil: "10:00",
  collection: "online",
};
const quay: DockForm = { ...slip, kind: "side_tie", lengthCm: 4000, gapCm: 100, dries: true };

/** The dock that the API would make of a form, as its host sees it. */
function made(form: DockForm): HostDock {
  const dock = NewDock.parse({ ...formToDock(form), harbourId: 4 });
  return { ...dock, id: 9, version: 3, status: "draft" } as HostDock;
}

describe("formToDock", () => {
  it("makes what the API takes, in centimetres, kilograms and minor units", () => {
    expect(made(slip)).toMatchObject({
      position: { lat: 37.025, lon: -7.84 },
      maxLoaCm: 1250,
      depthCm: 280,
      depthDatum: "LAT",
      maxDisplacementKg: 12_500,
      outlets: [{ plug: "cee_16", volts: 230, amps: 16, phases: 1 }],
      rate: {
        minor: 4250,
        seasons: [{ minor: 6000 }],
        weekdayPercents: [100, 100, 100, 100, 120, 120, 100],
        weeklyDiscountPercent: 7.5,
        fees: { cleaningMinor: 1500, powerPerNightMinor: 0 },
      },
    });
  });

  it("gives only quays a length, and what dries a negative depth", () => {
    expect(made(quay)).toMatchObject({ lengthCm: 4000, gapCm: 100, depthCm: -280 });
    expect(formToDock({ ...slip, lengthCm: 4000 })).not.toHaveProperty("lengthCm");
    expect(formToDock({ ...slip, depthCm: undefined })).not.toHaveProperty("depthDatum");
  });

  it("is given back by the form that shows the dock", () => {
    for (const form of [slip, quay]) {
      expect(formToDock(dockToForm(made(form)))).toEqual(formToDock(form));
      expect(changesToPatch(form, dockToForm(made(form)))).toEqual({});
    }
  });
});

describe("dockFormFaults", () => {
  it("finds nothing wrong with what the API takes", () => {
    expect([dockFormFaults(slip), dockFormFaults(quay)]).toEqual([{}, {}]);
  });

  it("names every value that is missing, by the API's path", () => {
    expect(Object.keys(dockFormFaults(blank))).toEqual([
      "name",
      "position.lat",
      "position.lon",
      "maxLoaCm",
      "rate.minor",
    ]);
  });

  it.each<[Partial<DockForm>, string]>([
    [{ minLoaCm: 1300 }, "minLoaCm"],
    [{ kind: "t_head" }, "lengthCm"],
    [{ kind: "t_head", lengthCm: 1300, gapCm: 100 }, "lengthCm"],
    [{ minNights: "8", maxNights: "7" }, "minNights"],
    [{ minNights: "1.5" }, "minNights"],
    [{ hullTypes: [] }, "hullTypes"],
    [{ outlets: [{ plug: "cee_16", volts: "230", amps: "", phases: "1" }] }, "outlets.0.amps"],
    [{ price: "12.3456" }, "rate.minor"],
    [{ price: "2000000" }, "rate.minor"],
    [{ weekdayPercents: blank.weekdayPercents.with(6, "x") }, "rate.weekdayPercents.6"],
    [{ seasons: [{ name: "", from: "06-01", to: "09-01", price: "5" }] }, "rate.seasons.0.name"],
    [{ tax: "101" }, "rate.taxPercent"],
  ])("refuses %o", (part, path) => {
    expect(Object.keys(dockFormFaults({ ...slip, ...part }))).toEqual([path]);
  });
});

describe("harbourFormFaults", () => {
  const harbour = {
    ...emptyHarbour("Europe/Lisbon"),
    name: "Doca da Ribeira",
    place: "Olhão",
    country: "PT",
    lat: "37.025",
    lon: "-7.84",
  };

  it("agrees with the API", () => {
    expect(harbourFormFaults(harbour)).toEqual({});
    expect(NewHarbour.parse(formToHarbour(harbour))).toMatchObject({ country: "PT" });
    expect(harbourFormFaults({ ...harbour, timeZone: "Lisbon" })).toHaveProperty("timeZone");
    expect(Object.keys(harbourFormFaults(emptyHarbour("UTC")))).toEqual([
      "name",
      "place",
      "country",
      "position.lat",
      "position.lon",
    ]);
  });
});

describe("changesToPatch", () => {
  it("names only what was changed, and clears with null", () => {
    expect(changesToPatch(slip, { ...slip, name: "Berth 8", maxTonnes: "", depthCm: undefined }))
      .toEqual({ name: "Berth 8", maxDisplacementKg: null, depthCm: null, depthDatum: null });
  });
});

describe("mergeForms", () => {
  it("keeps what was typed, takes the rest over, and tells both", () => {
    const mine = { ...slip, maxLoaCm: 1300, price: "50" };
    const theirs = { ...slip, maxLoaCm: 1400, name: "West", price: "50" };
    expect(mergeForms(slip, mine, theirs)).toEqual({
      form: { ...slip, maxLoaCm: 1300, name: "West", price: "50" },
      taken: ["name"],
      disputed: ["maxLoaCm"],
    });
  });
});
