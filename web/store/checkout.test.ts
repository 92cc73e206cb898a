import { describe, expect, it } from "vitest";
import type { NewBooking } from "../../shared/api.ts";
import { ApiFailure } from "../api/http.ts";
import type { Http, RequestOptions } from "../api/http.ts";
import { createCheckout } from "./checkout.ts";

function harness(...answers: (object | ApiFailure)[]) {
  const sent: RequestOptions[] = [];
  const kept = new Map<string, string>();
  const http: Http = {
    get: () => Promise.reject(new Error("nothing is read here")),
    send: (_method, _path, options = {}) => {
      sent.push(options);
      const answer = answers.shift()!;
      return answer instanceof ApiFailure
        ? Promise.reject(answer)
        : Promise.resolve(answer as never);
    },
  };
  let count = 0;
  const open = () =>
    createCheckout(
      http,
      { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text) },
      () => `key-${++count}`,
      7,
    );
  return { sent, open };
}

function body(quote: string): NewBooking {
  return { dockId: 7, from: "2027-07-03", to: "2027-07-10", boatId: "b", quote };
}

describe("createCheckout", () => {
  it("sends the same key and body again until it has an answer, also after a reload", async () => {
    const { sent, open } = harness(
      new ApiFailure("offline", ""),
      new ApiFailure("internal", ""),
      { id: "booking" },
      { id: "another" },
    );
    const first = open();
    expect(await first.book(body("q1"))).toBeUndefined();
    expect(first.outcome.value).toMatchObject({ kind: "failed", mayHaveWorked: true });
    await first.book(body("q2"));
    const reloaded = open();
    expect(reloaded.hasPending()).toBe(true);
    expect(await reloaded.retry()).toMatchObject({ id: "booking" });
    expect([reloaded.hasPending(), await reloaded.retry()]).toEqual([false, undefined]);
    expect(sent.map(({ idempotencyKey }) => idempotencyKey)).toEqual(["key-1", "key-1", "key-1"]);
    expect(sent.map((options) => (options.body as NewBooking).quote)).toEqual(["q1", "q1", "q1"]);
    await reloaded.book(body("q4"));
    expect(sent[3]).toMatchObject({ idempotencyKey: "key-2", body: { quote: "q4" } });
  });

  it("offers the nearest docks when the nights are gone, and begins anew after that", async () => {
    const { sent, open } = harness(
      new ApiFailure("dates-taken", "", { nearest: [{ id: 9 }] }),
      { id: "booking" },
    );
    const checkout = open();
    await checkout.book(body("q1"));
    expect(checkout.outcome.value).toEqual({ kind: "taken", nearest: [{ id: 9 }] });
    await checkout.book(body("q2"));
    expect(sent[1]).toMatchObject({ idempotencyKey: "key-2", body: { quote: "q2" } });
  });

  it("hands on the new quote when the price has changed", async () => {
    const { open } = harness(new ApiFailure("price-changed", "", { quote: { quote: "new" } }));
    const checkout = open();
    await checkout.book(body("old"));
    expect(checkout.outcome.value).toEqual({ kind: "price-changed", quote: { quote: "new" } });
  });

  it("does not send twice for two presses", async () => {
    const { sent, open } = harness({ id: "booking" });
    const checkout = open();
    const [first, second] = await Promise.all([checkout.book(body("q")), checkout.book(body("q"))]);
    expect([first?.id, second, sent.length]).toEqual(["booking", undefined, 1]);
  });

  it("sends and keeps nothing with no network: it says so, and begins anew", async () => {
    const sent: unknown[] = [];
    const http = {
      send: (...call: unknown[]) => Promise.resolve(sent.push(call) && { id: "booking" }),
    } as unknown as Http;
    const kept = new Map<string, string>();
    const strings = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    let isOnline = false;
    const checkout = createCheckout(http, strings, () => "key", 7, () => isOnline);
    expect(await checkout.book(body("q"))).toBeUndefined();
    expect(checkout.outcome.value).toMatchObject({
      kind: "failed",
      error: { code: "offline" },
      mayHaveWorked: false,
    });
    expect([sent.length, checkout.hasPending(), kept.size]).toEqual([0, false, 0]);
    isOnline = true;
    expect(await checkout.book(body("q"))).toEqual({ id: "booking" });
  });
});
