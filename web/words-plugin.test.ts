import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Rolldown } from "vite";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type BuildLanguage, parseBuildLanguage, wordsOf } from "./words-plugin.ts";

const TITLES: Partial<Record<BuildLanguage, { title: string }>> = { de: { title: "Ein Platz" } };

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "dokkerr-words-"));
  const files = {
    "index.html":
      `<!DOCTYPE html><html lang="en"><title>A berth</title><script type="module" src="/main.ts"></script>`,
    "main.ts": `import { words } from "./quay-words.ts";
import { buoy } from "./buoy-words.ts";
console.log(words.title, words.feet(3), words.kinds.slip, words.pair[1], buoy);`,
    "quay-words.ts": `export const words = {
  title: "A quay", feet: (n: number) => n + " feet", kinds: { slip: "Slip" }, pair: ["a", "bb"],
} as const;`,
    "quay-words.de.ts": `import type * as en from "./quay-words.ts";
export const words = {
  title: "Ein Kai", feet: (n: number) => n + " Fuß", kinds: { slip: "Box" }, pair: ["c", "dd"],
} satisfies Record<keyof typeof en.words, unknown>;`,
    "buoy-words.ts": `export const buoy = "A buoy";`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
});
afterAll(() => rm(root, { recursive: true }));

/** A small client in a language: its files, and what its script says. */
async function built(language: BuildLanguage) {
  const { output } = await build({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [wordsOf(language, { from: { title: "A berth" }, to: TITLES[language] ?? {} })],
    build: { write: false, minify: false, modulePreload: false },
  }) as Rolldown.RolldownOutput;
  const script = output.find((file) => file.type === "chunk")!.code;
  const log = vi.spyOn(console, "log").mockReturnValue();
  await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(script)}`);
  const said = log.mock.calls.flat() as unknown[];
  log.mockRestore();
  return { files: output.map(({ fileName }) => fileName), output, script, said };
}

describe("wordsOf", () => {
  test("leaves English as it is, and its page at the top", async () => {
    const { files, said } = await built("en");
    expect(said).toEqual(["A quay", "3 feet", "Slip", "bb", "A buoy"]);
    expect(files).toContain("index.html");
  });

  test("puts a language's words in place of the English, with none of these left", async () => {
    const { files, output, script, said } = await built("de");
    expect(said).toEqual(["Ein Kai", "3 Fuß", "Box", "dd", "A buoy"]);
    expect(script).not.toContain("A quay");
    expect(files).not.toContain("index.html");
    const page = output.find(({ fileName }) => fileName === "de/index.html");
    expect(page).toMatchObject({ type: "asset" });
    expect(String((page as Rolldown.OutputAsset).source)).toContain(`<html lang="de">`);
    expect(String((page as Rolldown.OutputAsset).source)).toContain("<title>Ein Platz</title>");
    expect(String((page as Rolldown.OutputAsset).source)).toMatch(/src="\/assets\/[^"]+\.js"/);
  });

  test("brackets and lengthens every word of the pseudo-language", async () => {
    const { said } = await built("xx");
    expect(said).toEqual(["⟦A quay~~~⟧", "⟦3 feet~~~⟧", "⟦Slip~~⟧", "⟦bb~⟧", "⟦A buoy~~~⟧"]);
  });
});

test("a build in a language that nobody wrote is refused", () => {
  expect(parseBuildLanguage(undefined)).toBe("en");
  expect(parseBuildLanguage("fr")).toBe("fr");
  expect(() => parseBuildLanguage("tlh")).toThrow("Cannot build the client in tlh");
});
