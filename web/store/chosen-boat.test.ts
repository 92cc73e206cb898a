import { describe, expect, it } from "vitest";
import { boatOfAddress, boatToVessel } from "./chosen-boat.ts";

const IDA = { boatId: "b", name: "Ida", vessel: { loaCm: 900, draftCm: 140, takesGround: true } };

describe("boatOfAddress", () => {
  it("is the remembered boat where the address says none", () => {
    expect(boatOfAddress({}, IDA)).toBe(IDA);
    expect(boatOfAddress({}, null)).toBeNull();
  });

  it("knows the remembered boat by her measures, in whatever order", () => {
    expect(boatOfAddress({ takesGround: true, draftCm: 140, loaCm: 900 }, IDA)).toBe(IDA);
  });

  it("is another boat where a measure differs", () => {
    expect(boatOfAddress({ loaCm: 901 }, IDA)).toEqual({ vessel: { loaCm: 901 } });
  });
});

describe("boatToVessel", () => {
  it("keeps what a berth is judged by, and nothing else", () => {
    const boat = {
      id: "b",
      version: 3,
      name: "Ida",
      hullType: "mono" as const,
      loaCm: 900,
      beamCm: 300,
      draftCm: 140,
      hullLengthCm: 850,
      insuranceLimit: { amountMinor: 1, currency: "EUR" },
    };
    expect(boatToVessel(boat)).toEqual({
      boatId: "b",
      name: "Ida",
      vessel: { hullType: "mono", loaCm: 900, beamCm: 300, draftCm: 140 },
    });
  });
});
