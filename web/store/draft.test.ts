import { describe, expect, it } from "vitest";
import { createDrafts } from "./draft.ts";

function storage(first?: string) {
  let kept: string | null = first ?? null;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => void (kept = value),
    get kept() {
      return kept;
    },
  };
}

describe("createDrafts", () => {
  it("keeps a text for the next visit, each name its own", () => {
    const kept = storage();
    createDrafts(kept).write("me a", "Is the entrance");
    createDrafts(kept).write("me b", "Hello");
    expect(createDrafts(kept).read("me a")).toBe("Is the entrance");
    expect(createDrafts(kept).read("me b")).toBe("Hello");
    expect(createDrafts(kept).read("you a")).toBe("");
  });

  it("forgets a text that was sent", () => {
    const kept = storage();
    const drafts = createDrafts(kept);
    drafts.write("a", "sent soon");
    drafts.write("a", "");
    expect(drafts.read("a")).toBe("");
    expect(kept.kept).not.toContain("sent soon");
  });

  it("forgets the oldest beyond thirty", () => {
    const drafts = createDrafts(storage());
    for (let i = 0; i <= 30; i++) drafts.write(`thread ${i}`, "text");
    expect(drafts.read("thread 0")).toBe("");
    expect(drafts.read("thread 1")).toBe("text");
  });

  it("begins anew where storage holds something else, or is refused", () => {
    for (const text of ["{", "[]", '{"version":0,"texts":[["a","b"]]}', '{"version":1}']) {
      expect(createDrafts(storage(text)).read("a")).toBe("");
    }
    const refused = () => {
      throw new Error("refused");
    };
    const drafts = createDrafts({ getItem: refused, setItem: refused });
    expect(() => drafts.write("a", "text")).not.toThrow();
    expect(drafts.read("a")).toBe("");
  });
});
