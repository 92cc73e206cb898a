import { describe, expect, it } from "vitest";
import { messageParts } from "./message-parts.ts";

const links = (text: string) =>
  messageParts(text).flatMap(({ text: shown, href }) => href ? [[shown, href]] : []);

describe("messageParts", () => {
  it("tells addresses apart from the sentence around them", () => {
    expect(messageParts("See https://example.com/a, then call.")).toEqual([
      { text: "See " },
      { text: "https://example.com/a", href: "https://example.com/a" },
      { text: ", then call." },
    ]);
    expect(links("(https://example.com/a)")).toEqual([
      ["https://example.com/a", "https://example.com/a"],
    ]);
    expect(links("https://example.com/a_(b)")[0]?.[0]).toBe("https://example.com/a_(b)");
  });

  it("loses no character", () => {
    for (
      const text of ["", "plain", "a https://b.test c http://d.test/?e=f. g", "https://", "\n\n"]
    ) {
      expect(messageParts(text).map((part) => part.text).join("")).toBe(text);
    }
  });

  it("links nothing but http and https", () => {
    for (
      const text of [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "xhttps://example.com",
        "https://",
        "https://localhost/",
      ]
    ) expect(links(text)).toEqual([]);
  });

  it("links nothing that shows another place than it leads to", () => {
    expect(links("https://dokkerr.com@elsewhere.test/")).toEqual([]);
    expect(links("https://example.com/\u202ecod.exe")).toEqual([]);
  });
});
