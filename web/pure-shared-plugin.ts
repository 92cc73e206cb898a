import type { Plugin } from "vite";

/**
 * Lets the build drop what nobody uses of shared's modules. They only declare, but a bundler
 * cannot know that `z.string().check(…)` does nothing else, and would keep the schema library for
 * the sake of a date function beside a schema. Each top-level value is marked as free of effects.
 */
export function pureShared(): Plugin {
  return {
    name: "dokkerr-pure-shared",
    apply: "build",
    enforce: "post",
    transform: {
      filter: { id: /\/shared\/[a-z-]+\.ts$/ },
      handler(code) {
        const cuts: { at: number; text: string }[] = [];
        for (const statement of this.parse(code).body) {
          const declared = statement.type === "ExportNamedDeclaration"
            ? statement.declaration
            : statement;
          if (declared?.type !== "VariableDeclaration") continue;
          for (const { init } of declared.declarations) {
            if (!init || !/Call|New|Member/.test(init.type)) continue;
            cuts.push({ at: init.start, text: "/* @__PURE__ */ (() => " });
            cuts.push({ at: init.end, text: ")()" });
          }
        }
        let marked = code;
        for (const { at, text } of cuts.toReversed()) {
          marked = marked.slice(0, at) + text + marked.slice(at);
        }
        return { code: marked, map: null };
      },
    },
  };
}
