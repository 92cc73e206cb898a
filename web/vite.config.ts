import preact from "@preact/preset-vite";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build, defineConfig, type Rolldown } from "vite";
import { landCells } from "./map/land-cells-plugin.ts";
import { offlineWorker } from "./offline/worker-plugin.ts";
import * as pageDe from "./page-words.de.ts";
import * as pageEs from "./page-words.es.ts";
import * as pageFr from "./page-words.fr.ts";
import { pageWords } from "./page-words.ts";
import { pagePreload } from "./page-preload-plugin.ts";
import { pureShared } from "./pure-shared-plugin.ts";
import { quietLogger } from "./quiet-logger.ts";
import { smallPreload } from "./small-preload-plugin.ts";
import { parseBuildLanguage, wordsOf } from "./words-plugin.ts";

const { resolve } = createRequire(import.meta.url);
const read = (specifier: string) => readFileSync(resolve(specifier), "utf8");
const land = {
  readLevel: (level: number) => read(`world-atlas/land-${["110m", "50m", "10m"][level]}.json`),
};
/** What the search opens by a click stays apart from what whole pages share. */
const isCommon = (id: string) =>
  /\/web\/(?!room)/.test(id) &&
  !/components\/(choices|[a-z]+-(form|field|calendar|reasons))|text\/(amenity|boat|rule)-words/
    .test(id);

/** Brought to a device when they are opened first, and not before. */
const HEAVY =
  /(dock-map|map-news|credits-list|payment-panel)\.tsx$|\/pages\/(host|account|money)\//;

/** The worker speaks no language, so that a change of language is no other worker. */
async function bundleWorker(): Promise<string> {
  const { output } = await build({
    configFile: false,
    logLevel: "warn",
    plugins: [pureShared()],
    build: {
      write: false,
      target: "es2022",
      copyPublicDir: false,
      rolldownOptions: {
        input: fileURLToPath(new URL("offline/worker.ts", import.meta.url)),
        output: { format: "iife" },
      },
    },
    // It is one: a build of one input, which is not watched.
  }) as Rolldown.RolldownOutput;
  return output[0].code;
}

const language = parseBuildLanguage(process.env["DOKKERR_LANGUAGE"]);
const pages: Readonly<Partial<Record<string, Record<keyof typeof pageWords, string>>>> = {
  de: pageDe.pageWords,
  fr: pageFr.pageWords,
  es: pageEs.pageWords,
};
const api = process.env["DOKKERR_API"] ?? "http://127.0.0.1:8787";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [
    wordsOf(language, { from: pageWords, to: pages[language] ?? pageWords }),
    preact({ devToolsEnabled: false, prefreshEnabled: true }),
    landCells(land),
    pureShared(),
    smallPreload(),
    offlineWorker(HEAVY, bundleWorker),
    pagePreload([
      { module: "/landing.tsx", address: /^\/(\?(?!.*(near|bbox)=)|$)/ },
      { module: "/dock-page.tsx", address: /^\/docks\/\d+(\?|$)/ },
      { module: "/book-page.tsx", address: /^\/docks\/\d+\/book/ },
      { module: "/stays-page.tsx", address: /^\/stays/ },
      { module: "/booking-page.tsx", address: /^\/bookings\// },
      { module: "/threads-page.tsx", address: /^\/threads(\?|$)/ },
      { module: "/thread-page.tsx", address: /^\/threads\/./ },
      { module: "/host-page.tsx", address: /^\/host(\?|$)/ },
    ]),
  ],
  customLogger: quietLogger(),
  define: {
    __BUILD__: JSON.stringify(process.env["DOKKERR_BUILD"] ?? "dev"),
    __LANGUAGE__: JSON.stringify(language === "xx" ? "en" : language),
  },
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: {
      polyfill: false,
      // Styles must be there before a part is drawn; its scripts are asked for by the page's head.
      resolveDependencies: (_file, files, { hostType }) =>
        hostType === "js" ? files.filter((file) => file.endsWith(".css")) : files,
    },
    // Leaflet's own pictures are never shown: as files they are never loaded either.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            // Whatever the first page needs is one file: it compresses best and is one request.
            { name: "first", tags: ["$initial"], includeDependenciesRecursively: true },
            // What the map shares with others must not come before it.
            {
              name: "dock-map-parts",
              test: /virtual:land-cells|\/map\/land-(cells|files)|\/shared\/circle/,
            },
            { name: "filters", test: /filter-form|choices|amenity-words/ },
            // What several pages share is one more, and not a dozen of little ones.
            {
              name: "common",
              test: isCommon,
              minShareCount: 3,
            },
          ],
        },
      },
    },
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
