import { describe, expect, test } from "vitest";
import { contentPolicy } from "./security-headers.ts";

const parts = {
  hubHost: "hub.dokkerr.example",
  blobsEndpoint: "https://s3.dokkerr.example/bucket",
  scripts: ["'sha256-x'"],
};

function sourcesOf(stripe: { apiUrl: string | undefined } | undefined) {
  const directives = contentPolicy({ ...parts, stripe }).split("; ");
  return Object.fromEntries(directives.map((one) => {
    const [name = "", ...sources] = one.split(" ");
    return [name, sources.join(" ")];
  }));
}

describe("contentPolicy", () => {
  test("lets a page reach the hub and the object store, and nobody else", () => {
    const sources = sourcesOf(undefined);
    expect(sources["connect-src"]).toBe(
      "'self' https://s3.dokkerr.example wss://hub.dokkerr.example",
    );
    expect(sources["script-src"]).toBe("'self' 'sha256-x'");
    expect(sources).not.toHaveProperty("frame-src");
  });

  test("lets the simulator's card form ask the simulator, and load nothing", () => {
    const sources = sourcesOf({ apiUrl: "http://127.0.0.1:12111" });
    expect(sources["connect-src"]).toMatch(/ http:\/\/127\.0\.0\.1:12111$/);
    expect(sources["script-src"]).toBe("'self' 'sha256-x'");
    expect(sources).not.toHaveProperty("frame-src");
  });

  test("lets Stripe.js load, ask its API and show its frames where Stripe is set up", () => {
    const sources = sourcesOf({ apiUrl: undefined });
    expect(sources["connect-src"]).toMatch(/ https:\/\/api\.stripe\.com$/);
    expect(sources["script-src"]).toContain("https://js.stripe.com");
    expect(sources["frame-src"]).toContain("https://hooks.stripe.com");
  });
});
