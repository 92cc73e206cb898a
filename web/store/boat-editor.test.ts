import { describe, expect, it } from "vitest";
import type { Boat, NewBoat } from "../../shared/boat.ts";
import { ApiFailure } from "../api/http.ts";
import type { Http, RequestOptions } from "../api/http.ts";
import { createBoatEditor } from "./boat-editor.ts";
import { createBoats } from "./boats.ts";
import { createPrefs } from "./prefs.ts";

const ida: Boat = {
  id: "ida",
  version: 1,
  name: "Ida",
  hullType: "mono",
  loaCm: 1200,
  beamCm: 390,
  draftCm: 200,
  airDraftCm: 1800,
};

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

/** An API with some boats; `fail` answers the next write instead of it. */
function harbour(...stored: Boat[]) {
  const state = { stored, keys: [] as string[], fail: [] as ApiFailure[] };
  const http = {
    get: () => Promise.resolve({ items: state.stored, nextCursor: null }),
    send(method: string, path: string, { body, ifMatch, idempotencyKey }: RequestOptions) {
      if (idempotencyKey) state.keys.push(idempotencyKey);
      const failure = state.fail.shift();
      if (failure) return Promise.reject(failure);
      if (method === "POST") {
        const created = { ...body as NewBoat, id: `new-${state.stored.length}`, version: 1 };
        state.stored = [created, ...state.stored];
        return Promise.resolve(created);
      }
      const current = state.stored.find(({ id }) => path === `boats/${id}`)!;
      if (current.version !== ifMatch) {
        return Promise.reject(new ApiFailure("stale", "", { current }));
      }
      if (method === "DELETE") {
        state.stored = state.stored.filter((boat) => boat !== current);
        return Promise.resolve(undefined);
      }
      const values = Object.entries({ ...current, ...body as object });
      const changed = {
        ...Object.fromEntries(values.filter(([, value]) => value !== null)) as Boat,
        version: current.version + 1,
      };
      state.stored = state.stored.map((boat) => boat === current ? changed : boat);
      return Promise.resolve(changed);
    },
  } as unknown as Http;
  const prefs = createPrefs(memory(), "en-GB");
  let keys = 0;
  const boats = createBoats({ http, prefs, newKey: () => `key-${++keys}` });
  const kept = memory();
  const open = (seen?: Boat) =>
    createBoatEditor({ boats, seen, ownerId: "ann", prefs, locale: "en", kept });
  return { state, prefs, boats, open };
}

const measures = { name: "Skarv", loaCm: 900, beamCm: 300, draftCm: 120 };

describe("adding a boat", () => {
  it("lists her, and lets searches ask for her", async () => {
    const { boats, prefs, open } = harbour();
    await boats.list.load();
    const editor = open();
    editor.change(measures);
    const saved = await editor.save();
    expect(saved).toMatchObject({ name: "Skarv", loaCm: 900 });
    expect(boats.list.state.value.value).toEqual([saved]);
    expect(prefs.value.value.boat).toMatchObject({ boatId: saved!.id, vessel: { loaCm: 900 } });
  });

  it("sends nothing that would be refused, and says why", async () => {
    const { state, open } = harbour();
    const editor = open();
    editor.change({ name: "Skarv" });
    expect(await editor.save()).toBeNull();
    expect(Object.keys(editor.faults.value)).toEqual(["loaCm", "beamCm", "draftCm"]);
    editor.change({ loaCm: 900 });
    expect(Object.keys(editor.faults.value)).toEqual(["beamCm", "draftCm"]);
    expect(state.keys).toEqual([]);
  });

  it("adds her once, however often a lost answer makes one press", async () => {
    const { state, open } = harbour();
    const editor = open();
    editor.change(measures);
    state.fail.push(new ApiFailure("offline", "away"));
    expect(await editor.save()).toBeNull();
    expect(editor.failure.value).toMatchObject({ code: "offline" });
    await editor.save();
    expect(state.keys).toEqual(["key-1", "key-1"]);
  });

  it("takes a new key for other values", async () => {
    const { state, open } = harbour();
    const editor = open();
    editor.change(measures);
    state.fail.push(new ApiFailure("offline", "away"));
    await editor.save();
    editor.change({ loaCm: 910 });
    await editor.save();
    expect(state.keys).toEqual(["key-1", "key-2"]);
  });

  it("keeps what was typed until it is saved or dropped", async () => {
    const { open } = harbour();
    open().change({ name: "Skarv" });
    expect(open().form.value.name).toBe("Skarv");
    open().discard();
    expect(open().form.value.name).toBe("");
    const editor = open();
    editor.change(measures);
    await editor.save();
    expect(open().form.value.name).toBe("");
  });
});

describe("changing a boat", () => {
  it("clears what is emptied", async () => {
    const { boats, state, open } = harbour(ida);
    await boats.list.load();
    const editor = open(ida);
    editor.change({ airDraftCm: null });
    await editor.save();
    expect(state.stored[0]).not.toHaveProperty("airDraftCm");
    expect(boats.list.state.value.value).toEqual(state.stored);
  });

  it("brings what was typed onto somebody else's change, and saves that", async () => {
    const { boats, state, open } = harbour(ida);
    await boats.list.load();
    const editor = open(ida);
    editor.change({ loaCm: 1250, name: "Ida II" });
    state.stored = [{ ...ida, version: 2, loaCm: 1230, draftCm: 210 }];

    expect(await editor.save()).toBeNull();
    expect(editor.merged.value).toEqual({ taken: ["draftCm"], disputed: ["loaCm"] });
    expect(editor.form.value).toMatchObject({ name: "Ida II", loaCm: 1250, draftCm: 210 });
    expect(boats.list.state.value.value).toEqual(state.stored);

    const saved = await editor.save();
    expect(saved).toMatchObject({ version: 3, name: "Ida II", loaCm: 1250, draftCm: 210 });
  });

  it("brings a kept draft onto a change made in between", () => {
    const { open } = harbour(ida);
    open(ida).change({ name: "Ida II" });
    const later = open({ ...ida, version: 2, beamCm: 400 });
    expect(later.form.value).toMatchObject({ name: "Ida II", beamCm: 400 });
    expect(later.merged.value).toEqual({ taken: ["beamCm"], disputed: [] });
  });

  it("shows the API's refusal at its value", async () => {
    const { state, open } = harbour(ida);
    const editor = open(ida);
    editor.change({ name: "Ida II" });
    const issues = [{ path: "name", message: "is not nice" }];
    state.fail.push(new ApiFailure("invalid", "no", { issues }));
    expect(await editor.save()).toBeNull();
    expect(editor.faults.value).toEqual({ name: "is not nice" });
  });
});

describe("removing a boat", () => {
  it("forgets her in the list and in searches", async () => {
    const { boats, prefs } = harbour(ida);
    await boats.list.load();
    prefs.set({ boat: { boatId: ida.id, name: ida.name, vessel: { loaCm: 1200 } } });
    await boats.remove(ida);
    expect(boats.list.state.value.value).toEqual([]);
    expect(prefs.value.value.boat).toBeNull();
  });

  it("is content where she is gone already, and not where she was changed", async () => {
    const { boats, state } = harbour(ida);
    await boats.list.load();
    state.fail.push(new ApiFailure("not-found", "gone"));
    await boats.remove(ida);
    expect(boats.list.state.value.value).toEqual([]);
    state.stored = [{ ...ida, version: 2 }];
    await expect(boats.remove(ida)).rejects.toMatchObject({ code: "stale" });
  });
});
