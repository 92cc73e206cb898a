import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/http.ts";
import type { Http, RequestOptions } from "../api/http.ts";
import { emptyDock, emptyHarbour } from "./host-form.ts";
import { createNewDock } from "./host-new-dock.ts";

interface Sent {
  path: string;
  key: string | undefined;
}

/** An API that answers each create by what `answers` holds for its path, the last one ever on. */
function harness(answers: Record<string, unknown[]>, strings = new Map<string, string>()) {
  const sent: Sent[] = [];
  let keys = 0;
  const http: Http = {
    get: <T>() => Promise.resolve({ items: [], nextCursor: null } as T),
    send<T>(_method: string, path: string, options: RequestOptions = {}) {
      sent.push({ path, key: options.idempotencyKey });
      const queue = answers[path] ?? [];
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as T);
    },
  };
  const open = () =>
    createNewDock({
      http,
      personId: "p1",
      newKey: () => `key-${++keys}`,
      kept: {
        getItem: (name) => strings.get(name) ?? null,
        setItem: (name, value) => void strings.set(name, value),
      },
      blank: () => ({
        step: "harbour",
        harbourId: null,
        hasChosen: false,
        harbour: emptyHarbour("Europe/Lisbon"),
        dock: emptyDock({ currency: "EUR", depthDatum: "LAT" }),
      }),
    });
  return { open, sent, strings };
}

function fill(store: ReturnType<typeof createNewDock>): void {
  store.changeHarbour({ name: "Doca", place: "Olhão", country: "PT", lat: "37.02", lon: "-7.84" });
  store.changeDock({ name: "Berth 7", maxLoaCm: 1250, price: "42.50" });
}

const harbour = { id: 4, name: "Doca", position: { lat: 37.02, lon: -7.84 } };
const offline = new ApiFailure("offline", "The server cannot be reached");

describe("createNewDock", () => {
  it("goes on only where the steps before are without fault", () => {
    const store = harness({}).open();
    expect(store.go("berth")).toBe(false);
    expect(Object.keys(store.faults.value)).toContain("harbour.name");
    fill(store);
    expect(store.go("review")).toBe(true);
    expect([store.draft.value.step, store.faults.value]).toEqual(["review", {}]);
    store.changeDock({ price: "" });
    expect(store.go("berth")).toBe(true);
    expect(store.go("review")).toBe(false);
    expect(store.draft.value.step).toBe("price");
  });

  it("makes harbour and dock and publishes, and forgets the draft", async () => {
    const { open, sent } = harness({
      "harbours": [harbour],
      "docks": [{ id: 9, version: 1 }],
      "docks/9/publish": [{ id: 9, version: 2 }],
    });
    const store = open();
    fill(store);
    expect(await store.submit(true)).toEqual({ id: 9, isPublished: true });
    expect(sent.map(({ path }) => path)).toEqual(["harbours", "docks", "docks/9/publish"]);
    expect(open().isRestored.value).toBe(false);
  });

  it("keeps what was typed and the key of an unanswered create over a reload", async () => {
    const { open, sent } = harness({
      "harbours": [harbour],
      "docks": [offline, { id: 9, version: 1 }],
    });
    const before = open();
    fill(before);
    expect(await before.submit(false)).toBeUndefined();
    expect(before.error.value).toBe(offline);

    const after = open();
    expect(after.isRestored.value).toBe(true);
    expect(after.draft.value).toEqual(before.draft.value);
    // The harbour is made: the berth's own position is what the draft still lacks.
    after.changeDock({ lat: "37.02", lon: "-7.84" });
    expect(await after.submit(false)).toEqual({ id: 9, isPublished: false });
    const docks = sent.filter(({ path }) => path === "docks");
    expect(docks.map(({ key }) => key)).toEqual(["key-2", "key-2"]);
    expect(sent.filter(({ path }) => path === "harbours")).toHaveLength(1);
  });

  it("takes a new key where the create says something else", async () => {
    const { open, sent } = harness({ "harbours": [offline, offline, harbour] });
    const store = open();
    fill(store);
    await store.submit(false);
    await store.submit(false);
    store.changeHarbour({ name: "Doca Nova" });
    await store.submit(false);
    const keys = sent.filter(({ path }) => path === "harbours").map(({ key }) => key);
    expect(keys).toEqual(["key-1", "key-1", "key-2"]);
  });

  it("shows the API's faults at their values, on their step", async () => {
    const refused = new ApiFailure("invalid", "Cannot create dock", {
      issues: [{ path: "position", message: "must be within 20 km of the harbour" }],
    });
    const { open } = harness({ "harbours": [harbour], "docks": [refused] });
    const store = open();
    fill(store);
    await store.submit(true);
    expect(store.faults.value).toEqual({ position: "must be within 20 km of the harbour" });
    expect(store.draft.value.step).toBe("berth");
    store.changeDock({ lat: "37.03" });
    expect(store.faults.value).toEqual({});
  });

  it("says so where the dock is made and publishing fails", async () => {
    const { open } = harness({
      "harbours": [harbour],
      "docks": [{ id: 9, version: 1 }],
      "docks/9/publish": [offline],
    });
    const store = open();
    fill(store);
    expect(await store.submit(true)).toEqual({ id: 9, isPublished: false });
  });
});
