import type { Plugin } from "vite";
import { type Language, LANGUAGES } from "../shared/language.ts";

/** A language of a build; `xx` is made of English, for tests that look for forgotten words. */
export type BuildLanguage = Language | "xx";

const WORDS = /-words\.ts$/;
const PSEUDO = "?pseudo";

/** The language that an environment asks to be built, English where it asks for none. */
export function parseBuildLanguage(text: string | undefined): BuildLanguage {
  if (text === undefined || text === "") return LANGUAGES[0];
  const known = [...LANGUAGES, "xx" as const].find((language) => language === text);
  if (!known) throw new Error(`Cannot build the client in ${text}: it is not written in that`);
  return known;
}

/**
 * Gives every module `…-words.ts` in one language: `…-words.de.ts` where that is the build's. So a
 * visitor loads the words of their own language, in the files that use them, and no others. `page`
 * has the words of `index.html`, in English and in the language.
 *
 * All languages are built into one folder: files under `assets/` are named by their content, and
 * what lies at the top (`index.html`) goes into the language's folder, `de/index.html`. English
 * stays at the top, for whoever reads none of the others.
 */
export function wordsOf(
  language: BuildLanguage,
  page: { from: Readonly<Record<string, string>>; to: Readonly<Record<string, string>> },
): Plugin {
  const isSource = language === LANGUAGES[0];
  return {
    name: "dokkerr-words",
    enforce: "pre",
    async resolveId(specifier, importer, options) {
      // A translation looks at the English words for their type, the pseudo-language for all.
      if (isSource || !WORDS.test(specifier) || !importer || importer.endsWith(PSEUDO)) return;
      const find = (name: string) => this.resolve(name, importer, { ...options, skipSelf: true });
      if (language !== "xx") return await find(specifier.replace(/\.ts$/, `.${language}.ts`));
      const found = await find(specifier);
      return found && `${found.id}${PSEUDO}`;
    },
    load: {
      filter: { id: /\?pseudo$/ },
      async handler(id) {
        const path = id.slice(0, -PSEUDO.length);
        const { exports } = await this.load({ id: path });
        return pseudoModule(path, exports);
      },
    },
    transformIndexHtml(html) {
      let translated = html.replace('<html lang="en"', `<html lang="${language}"`);
      for (const [name, text] of Object.entries(page.from)) {
        if (!html.includes(text)) {
          throw new Error(`Cannot translate index.html: no "${text}" in it`);
        }
        translated = translated.replace(text, page.to[name] ?? text);
      }
      return translated;
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        if (isSource) return;
        for (const { type, fileName, ...file } of Object.values(bundle)) {
          if (type !== "asset" || fileName.includes("/") || !("source" in file)) continue;
          delete bundle[fileName];
          const { source } = file;
          this.emitFile({ type: "asset", fileName: `${language}/${fileName}`, source });
        }
      },
    },
  };
}

/** The English words, each in brackets and longer by two fifths. */
function pseudoModule(path: string, names: readonly string[]): string {
  return `import * as $en from ${JSON.stringify(path)};
const $more = (text) => "~".repeat(Math.ceil(text.length * 0.4)).replace(/~{9}(?=~)/g, "$& ");
const $long = (text) => text && "⟦" + text + $more(text) + "⟧";
const $mark = (value) =>
  typeof value === "string" ? $long(value)
  : typeof value === "function" ? (...given) => $mark(value(...given))
  : Array.isArray(value) ? value.map($mark)
  : value && typeof value === "object"
  ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, $mark(inner)]))
  : value;
${names.map((name) => `export const ${name} = $mark($en.${name});`).join("\n")}
`;
}
