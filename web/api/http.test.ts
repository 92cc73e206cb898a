import { describe, expect, it, vi } from "vitest";
import { ApiFailure, createHttp } from "./http.ts";

function answering(...answers: (Response | Error)[]) {
  const requests: { url: string; init: RequestInit }[] = [];
  const fetch = (url: string, init: RequestInit) => {
    requests.push({ url, init });
    const answer = answers.shift();
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(answer!);
  };
  const onSignedOut = vi.fn<() => void>();
  const http = createHttp({
    fetch: fetch as typeof globalThis.fetch,
    build: "b1",
    onSignedOut,
    pause: () => Promise.resolve(),
  });
  return { http, requests, onSignedOut };
}

function problem(status: number, body: object): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json" },
  });
}

describe("createHttp", () => {
  it("leaves empty values out of the query and says its build", async () => {
    const { http, requests } = answering(Response.json({ items: [] }));
    await http.get("docks", { near: "41.5,-71.3", from: undefined, kind: "", limit: 20 });
    expect(requests[0]!.url).toBe("/api/docks?near=41.5%2C-71.3&limit=20");
    expect(requests[0]!.init.headers).toMatchObject({ "Dokkerr-Client": "b1" });
  });

  it("sends the key and the version that a write carries", async () => {
    const { http, requests } = answering(Response.json({ id: "x" }));
    await http.send("PATCH", "boats/x", { body: { name: "Ida" }, ifMatch: 3, idempotencyKey: "k" });
    expect(requests[0]!.init.headers).toMatchObject({ "If-Match": '"3"', "Idempotency-Key": "k" });
    expect(requests[0]!.init.body).toBe('{"name":"Ida"}');
  });

  it("turns a problem into a failure with its code, sentence and extras", async () => {
    const { http } = answering(
      problem(409, { code: "dates-taken", detail: "Taken: 3 nights", nearest: [{ id: 4 }] }),
    );
    const failure = await http.send("POST", "bookings", { body: {} }).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(ApiFailure);
    expect(failure).toMatchObject({ code: "dates-taken", message: "Taken: 3 nights" });
    expect((failure as ApiFailure).body["nearest"]).toEqual([{ id: 4 }]);
  });

  it("tries a read again after a passing failure, and a write never", async () => {
    const reads = answering(new TypeError("network"), Response.json({ ok: 1 }));
    await expect(reads.http.get("me")).resolves.toEqual({ ok: 1 });
    const writes = answering(new TypeError("network"), Response.json({ ok: 1 }));
    await expect(writes.http.send("POST", "boats")).rejects.toMatchObject({ code: "offline" });
    expect(writes.requests).toHaveLength(1);
  });

  it("does not repeat a refusal", async () => {
    const { http, requests } = answering(problem(404, { code: "not-found", detail: "No dock" }));
    await expect(http.get("docks/1")).rejects.toMatchObject({ code: "not-found" });
    expect(requests).toHaveLength(1);
  });

  it("reads an answer that is no JSON by its status", async () => {
    const { http } = answering(
      new Response("<html>", { status: 504 }),
      new Response("", { status: 504 }),
    );
    await expect(http.get("docks/1")).rejects.toMatchObject({ code: "unavailable" });
  });

  it("tells when the session has ended", async () => {
    const { http, onSignedOut } = answering(problem(401, { code: "unauthenticated", detail: "" }));
    await expect(http.get("boats")).rejects.toBeInstanceOf(ApiFailure);
    expect(onSignedOut).toHaveBeenCalledOnce();
  });
});
