import preact from "@preact/preset-vite";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { defineConfig } from "vite";
import { landCells } from "./map/land-cells-plugin.ts";
import { pureShared } from "./pure-shared-plugin.ts";
import { smallPreload } from "./small-preload-plugin.ts";

const { resolve } = createRequire(import.meta.url);
const read = (specifier: string) => readFileSync(resolve(specifier), "utf8");
const land = {
  version: (JSON.parse(read("world-atlas/package.json")) as { version: string }).version,
  readLevel: (level: number) => read(`world-atlas/land-${["110m", "50m", "10m"][level]}.json`),
};
const api = process.env["DOKKERR_API"] ?? "http://127.0.0.1:8787";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    preact({ devToolsEnabled: false, prefreshEnabled: true }),
    landCells(land),
    pureShared(),
    smallPreload(),
  ],
  define: { __BUILD__: JSON.stringify(process.env["DOKKERR_BUILD"] ?? "dev") },
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    // The client's own modules in web/api are served under the same name.
    proxy: {
      "^/api/(?![a-z-]+\\.ts)": { target: api, changeOrigin: false, headers: { origin: api } },
    },
  },
});
