import { describe, expect, it } from "vitest";
import { createRouter, matchPath, safeBack } from "./router.ts";

function harness(start: string) {
  const entries = [start];
  let at = 0;
  const router = createRouter({
    url: () => entries[at]!,
    push: (url) => void (entries.splice(++at, Infinity, url)),
    replace: (url) => void (entries[at] = url),
  });
  return {
    router,
    entries,
    back() {
      at--;
      router.popped();
    },
  };
}

describe("createRouter", () => {
  it("steps forth, replaces, and comes back to where it was", () => {
    const { router, entries, back } = harness("/?from=2027-07-03");
    expect(router.location.value).toMatchObject({ path: "/", query: { from: "2027-07-03" } });
    router.go("/docks/7");
    router.go("/docks/7?from=2027-07-04", true);
    expect(entries).toEqual(["/?from=2027-07-03", "/docks/7?from=2027-07-04"]);
    expect(router.location.value.arrival).toBe("replace");
    back();
    expect(router.location.value).toMatchObject({ url: "/?from=2027-07-03", arrival: "pop" });
  });

  it("does not open twice what is open", () => {
    const { router, entries } = harness("/stays");
    router.go("/stays");
    expect(entries).toHaveLength(1);
  });
});

describe("matchPath", () => {
  it("names the values of a path", () => {
    expect(matchPath("/docks/:id/book", "/docks/12/book")).toEqual({ id: "12" });
    expect(matchPath("/docks/:id", "/docks/a%20b")).toEqual({ id: "a b" });
    expect(matchPath("/", "/")).toEqual({});
  });

  it("refuses other paths, and survives a broken escape", () => {
    expect(matchPath("/docks/:id", "/docks/12/book")).toBeUndefined();
    expect(matchPath("/docks/:id", "/docks/")).toBeUndefined();
    expect(matchPath("/stays", "/boats")).toBeUndefined();
    expect(matchPath("/docks/:id", "/docks/%E0%A4%A")).toEqual({ id: "%E0%A4%A" });
  });
});

describe("safeBack", () => {
  it("leads nowhere outside", () => {
    expect(safeBack("/docks/3?from=2027-07-03")).toBe("/docks/3?from=2027-07-03");
    for (
      const back of [undefined, "", "//evil.example", "/\\evil.example", "https://evil.example"]
    ) {
      expect(safeBack(back)).toBe("/");
    }
  });
});
