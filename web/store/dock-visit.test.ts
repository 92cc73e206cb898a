import { describe, expect, it } from "vitest";
import type { Dock } from "../../shared/dock.ts";
import type { Http } from "../api/http.ts";
import { createDockVisit } from "./dock-visit.ts";

// Half past one in the night of Auckland's 3 July, still the 2nd in UTC.
const NOW = Date.parse("2027-07-02T13:30:00Z");
const DOCK = { id: 7, timeZone: "Pacific/Auckland", windowDays: 30 } as Dock;

function harness(answers: Record<string, unknown> = {}) {
  const asked: { path: string; query: Record<string, unknown> }[] = [];
  const http = {
    get(path: string, query: Record<string, unknown>) {
      asked.push({ path, query });
      return Promise.resolve(answers[path]);
    },
  } as unknown as Http;
  return { http, asked };
}

describe("createDockVisit", () => {
  it("counts days by the dock's own clock, as far as it sells them", () => {
    const visit = createDockVisit(harness().http, DOCK, NOW, null);
    expect([visit.today, visit.lastDay]).toEqual(["2027-07-03", "2027-08-03"]);
  });

  it("forgets asked nights that are over at the dock", () => {
    const visit = createDockVisit(harness().http, DOCK, NOW, {
      from: "2027-07-02",
      to: "2027-07-05",
    });
    expect(visit.stay.value).toBeNull();
  });

  it("knows the taken nights of a boat's length", async () => {
    const { http, asked } = harness({
      "docks/7/availability": {
        nights: [{ date: "2027-07-03", free: true }, { date: "2027-07-04", free: false }],
      },
    });
    const visit = createDockVisit(http, DOCK, NOW, null);
    expect(visit.isCalendarKnown.value).toBe(false);
    await visit.readNights(1200);
    expect(asked[0]!.query).toMatchObject({ from: "2027-07-03", loaCm: 1200 });
    expect([...visit.taken.value]).toEqual(["2027-07-04"]);
  });

  it("asks a price for a saved boat by her id only for her owner", async () => {
    const { http, asked } = harness({ "docks/7/quote": { totalMinor: 1 } });
    const visit = createDockVisit(http, DOCK, NOW, { from: "2027-07-10", to: "2027-07-12" });
    const boat = { boatId: "b", name: "Ida", vessel: { loaCm: 900 } };
    await visit.readPrice(boat, false);
    await visit.readPrice(boat, true);
    expect(asked.map(({ query }) => query)).toEqual([
      { from: "2027-07-10", to: "2027-07-12", loaCm: "900" },
      { from: "2027-07-10", to: "2027-07-12", boatId: "b" },
    ]);
    expect(visit.quote.value.value).toEqual({ totalMinor: 1 });
  });

  it("takes the old price away with the nights or the boat that it was for", async () => {
    const { http } = harness({ "docks/7/quote": { totalMinor: 1 } });
    const visit = createDockVisit(http, DOCK, NOW, { from: "2027-07-10", to: "2027-07-12" });
    await visit.readPrice({ vessel: { loaCm: 900 } }, false);
    await visit.readPrice({ vessel: { beamCm: 300 } }, false);
    expect(visit.quote.value).toEqual({ status: "ready" });
  });
});
