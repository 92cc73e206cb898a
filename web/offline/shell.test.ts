import { beforeEach, describe, expect, it } from "vitest";
import { createFakeCaches } from "./fake-caches.fixture.ts";
import { createShellCache } from "./shell.ts";

let caches: CacheStorage;
let build: string;
/** Paths that answer 500. */
let broken: string[];
let asked: string[];

beforeEach(() => {
  caches = createFakeCaches();
  build = "1";
  broken = [];
  asked = [];
});

function fetch(path: string): Promise<Response> {
  asked.push(path);
  if (broken.includes(path)) return Promise.resolve(new Response("", { status: 500 }));
  const entry = `/assets/first-${build}.js`;
  if (path === "/shell.json") {
    return Promise.resolve(Response.json({ entry, files: [entry, "/assets/common.js"] }));
  }
  return Promise.resolve(new Response(path === "/" ? `<script src="${entry}">` : path));
}

const shell = () => createShellCache({ caches, fetch });
const page = async () => await (await shell().page())?.text();
const file = async (path: string) =>
  await (await shell().file(new Request(`http://localhost${path}`)))?.text();

describe("createShellCache", () => {
  it("brings all files and the page, and asks for files once", async () => {
    expect(await page()).toBeUndefined();
    await shell().renew();
    expect(await page()).toContain("first-1");
    expect(await file("/assets/common.js")).toBe("/assets/common.js");
    asked = [];
    await shell().renew();
    expect(asked).toEqual(["/shell.json", "/"]);
  });

  it("serves the older build until all of the newer is here", async () => {
    await shell().renew();
    build = "2";
    broken = ["/assets/common.js"];
    await expect(shell().renew()).rejects.toThrow("Cannot keep shell: /assets/common.js");
    expect(await page()).toContain("first-1");
    broken = [];
    await shell().renew();
    expect(await page()).toContain("first-2");
    // Pages that are open may still ask for parts of the one before.
    expect(await file("/assets/first-1.js")).toBeDefined();
    build = "3";
    await shell().renew();
    expect(await file("/assets/first-1.js")).toBeUndefined();
    expect(await file("/assets/first-2.js")).toBeDefined();
  });

  it("goes back with a build that was taken back", async () => {
    await shell().renew();
    build = "2";
    await shell().renew();
    build = "1";
    await shell().renew();
    expect(await page()).toContain("first-1");
  });
});
