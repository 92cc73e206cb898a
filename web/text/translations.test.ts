import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../shared/language.ts";

type Words = Record<string, unknown>;

const modules = import.meta.glob<Words>(["../**/*-words.ts", "../**/*-words.*.ts"], {
  eager: true,
});
const english = Object.keys(modules).filter((path) => path.endsWith("-words.ts"));
const languages = LANGUAGES.slice(1);

/** Every word of a module by its path in it; functions by how many values they take. */
function wordsOf(value: unknown, path = ""): [path: string, word: string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, `a sentence of ${value.length} values`]];
  return Object.entries(value ?? {}).flatMap(([name, inner]) => wordsOf(inner, `${path}.${name}`));
}

/** Without the plural's forms: languages have different ones. */
function pathsOf(words: Words | undefined): string[] {
  const paths = wordsOf(words).map(([path]) =>
    path.replace(/\.(zero|one|two|few|many)$/, ".other")
  );
  return [...new Set(paths)].sort();
}

function translated(path: string, language: string): Words | undefined {
  return modules[path.replace(/\.ts$/, `.${language}.ts`)];
}

describe.each(english.filter((path) => translated(path, "de")))("%s", (path) => {
  test.each(languages)("is whole in %s", (language) => {
    expect(pathsOf(translated(path, language))).toEqual(pathsOf(modules[path]));
  });

  test.each(languages)("has no English sentence left in %s", (language) => {
    const own = new Map(wordsOf(translated(path, language)));
    const left = wordsOf(modules[path]).filter(([at, word]) =>
      /[a-z]+ [a-z]+ [a-z]+/.test(word) && !word.startsWith("a sentence of") &&
      own.get(at) === word
    );
    expect(left).toEqual([]);
  });
});
