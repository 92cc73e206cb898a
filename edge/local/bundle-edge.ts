import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const entry = fileURLToPath(new URL("../main-workerd.ts", import.meta.url));

export const WORKER_COMPATIBILITY = {
  compatibilityDate: "2026-04-01",
  compatibilityFlags: ["nodejs_compat"],
};

/** The edge as one module for workerd: what a deploy uploads. */
export async function bundleEdge(): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "esnext",
    platform: "browser",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*", "cloudflare:*"],
    minifySyntax: true,
    logLevel: "silent",
    plugins: [{
      name: "aws-xml-without-dom",
      setup(builder) {
        // The SDK's browser build parses XML by DOMParser, which workerd does not have.
        builder.onLoad({ filter: /xml-parser\.browser\.js$/ }, async ({ path }) => ({
          contents: await readFile(path.replace(".browser", ""), "utf8"),
          resolveDir: dirname(path),
        }));
      },
    }],
  });
  return result.outputFiles[0]?.text ?? "";
}
