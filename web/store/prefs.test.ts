import { describe, expect, it } from "vitest";
import type { Place } from "../../shared/api.ts";
import { createPrefs } from "./prefs.ts";

function memory(initial?: string) {
  let text = initial ?? null;
  return { getItem: () => text, setItem: (_: string, value: string) => void (text = value) };
}

function place(id: string): Place {
  return { id, kind: "harbour", name: id, context: "", lat: 1, lon: 2, radiusM: 500 };
}

describe("createPrefs", () => {
  it("suggests units and currency by region", () => {
    expect(createPrefs(memory(), "en-US").value.value).toMatchObject({
      unit: "ft",
      currency: "USD",
    });
    expect(createPrefs(memory(), "de").value.value).toMatchObject({ unit: "m", currency: "EUR" });
  });

  it("remembers choices for the next visit", () => {
    const kept = memory();
    createPrefs(kept, "en-US").set({ unit: "m", boat: { name: "Ida", vessel: { loaCm: 1200 } } });
    const next = createPrefs(kept, "en-US").value.value;
    expect(next.unit).toBe("m");
    expect(next.boat).toEqual({ name: "Ida", vessel: { loaCm: 1200 } });
  });

  it("forgets what another version kept, and what is damaged", () => {
    expect(createPrefs(memory('{"version":0,"unit":"ft"}'), "de").value.value.unit).toBe("m");
    expect(createPrefs(memory("{"), "de").value.value.unit).toBe("m");
    expect(createPrefs(memory('{"version":1,"boat":[],"unit":3}'), "de").value.value.boat)
      .toBeNull();
  });

  it("keeps the five latest places once each, latest first", () => {
    const prefs = createPrefs(memory(), "de");
    for (const id of ["a", "b", "c", "d", "e", "f", "b"]) prefs.remember(place(id));
    expect(prefs.value.value.recent.map(({ id }) => id)).toEqual(["b", "f", "e", "d", "c"]);
  });

  it("holds a choice where storage is refused", () => {
    const refused = {
      getItem: () => {
        throw new Error("refused");
      },
      setItem: () => {
        throw new Error("full");
      },
    };
    const prefs = createPrefs(refused, "de");
    prefs.set({ unit: "ft" });
    expect(prefs.value.value.unit).toBe("ft");
  });
});
