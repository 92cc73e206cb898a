import { beforeEach, describe, expect, it, vi } from "vitest";
import { createFakeCaches } from "./fake-caches.fixture.ts";
import { AS_OF, createKeptAnswers } from "./kept-answers.ts";

const DATE = "Sat, 02 Jan 2027 12:00:00 GMT";
const ask = (id: number) => new Request(`http://localhost/api/docks/${id}`);

let network: (request: Request) => Promise<Response>;
let patience: Promise<void>;
let caches: CacheStorage;
const answers = (most = 10) =>
  createKeptAnswers(
    { caches, fetch: (request) => network(request), pause: () => patience },
    "records",
    most,
  );

function answering(text: string, status = 200) {
  network = () => Promise.resolve(new Response(text, { status, headers: { Date: DATE } }));
}
const away = () => {
  network = () => Promise.reject(new TypeError("network"));
};
/** Waits until what was answered is kept. */
async function settled(id: number, text: string) {
  await vi.waitFor(async () => {
    const found = await (await caches.open("records")).match(ask(id));
    expect(await found?.text()).toBe(text);
  });
}

beforeEach(() => {
  caches = createFakeCaches();
  patience = new Promise(() => {});
});

describe("createKeptAnswers", () => {
  it("serves the network's answer, and the kept one with its age where there is none", async () => {
    const kept = answers();
    answering("one");
    const first = await kept.freshFirst(ask(1), 100);
    expect([await first.text(), first.headers.get(AS_OF)]).toEqual(["one", null]);
    await settled(1, "one");
    away();
    const second = await kept.freshFirst(ask(1), 100);
    expect(await second.text()).toBe("one");
    expect(second.headers.get(AS_OF)).toBe("2027-01-02T12:00:00.000Z");
    await expect(kept.freshFirst(ask(2), 100)).rejects.toThrow("network");
  });

  it("serves the kept one where the server is away, or takes too long", async () => {
    const kept = answers();
    answering("one");
    await kept.freshFirst(ask(1), 100);
    await settled(1, "one");
    answering("gateway", 503);
    expect(await (await kept.freshFirst(ask(1), 100)).text()).toBe("one");
    let late: (response: Response) => void = () => {};
    network = () => new Promise((resolve) => late = resolve);
    patience = Promise.resolve();
    expect(await (await kept.freshFirst(ask(1), 100)).text()).toBe("one");
    // What comes late is there the next time.
    late(new Response("two", { headers: { Date: DATE } }));
    await settled(1, "two");
  });

  it("passes refusals on, and keeps none", async () => {
    const kept = answers();
    answering("gone", 404);
    expect((await kept.freshFirst(ask(1), 100)).status).toBe(404);
    away();
    await expect(kept.freshFirst(ask(1), 100)).rejects.toThrow("network");
  });

  it("lets go of what has been deleted, or is somebody else's now", async () => {
    const kept = answers();
    for (const [id, status] of [[1, 404], [2, 403], [3, 410]] as const) {
      answering("mine");
      await kept.freshFirst(ask(id), 100);
      await settled(id, "mine");
      answering("gone", status);
      expect((await kept.freshFirst(ask(id), 100)).status).toBe(status);
      away();
      await expect(kept.freshFirst(ask(id), 100)).rejects.toThrow("network");
    }
  });

  it("keeps nothing that was still on its way when all was to be forgotten", async () => {
    const kept = answers();
    answering("mine");
    let read: () => void = () => {};
    const reading = new Promise<void>((resolve) => read = resolve);
    network = async () => {
      await reading;
      return new Response("mine", { headers: { Date: DATE } });
    };
    const answer = kept.freshFirst(ask(1), 100);
    await kept.forget();
    read();
    expect(await (await answer).text()).toBe("mine");
    away();
    await expect(kept.freshFirst(ask(1), 100)).rejects.toThrow("network");
  });

  it("lets the longest unrenewed go", async () => {
    const kept = answers(2);
    for (const id of [1, 2, 3]) {
      answering(String(id));
      await kept.freshFirst(ask(id), 100);
      await settled(id, String(id));
    }
    const urls = (await (await caches.open("records")).keys()).map(({ url }) => url.at(-1));
    expect(urls).toEqual(["2", "3"]);
  });

  it("serves on where storage is refused", async () => {
    caches = { open: () => Promise.reject(new DOMException("no")) } as unknown as CacheStorage;
    answering("one");
    expect(await (await answers().freshFirst(ask(1), 100)).text()).toBe("one");
    expect(await (await answers().keptFirst(ask(1))).text()).toBe("one");
  });
});
