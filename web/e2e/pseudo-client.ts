import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext } from "playwright-core";
import { build } from "vite";

const config = fileURLToPath(new URL("../vite.config.ts", import.meta.url));

/** The client with every word in brackets and two fifths longer, in a folder of its own. */
export interface PseudoClient {
  /** Answers a browser's pages and files from it; the API stays the product's. */
  serve(context: BrowserContext): Promise<void>;
  remove(): Promise<void>;
}

export async function buildPseudoClient(): Promise<PseudoClient> {
  const folder = await mkdtemp(join(tmpdir(), "dokkerr-pseudo-"));
  const before = process.env["DOKKERR_LANGUAGE"];
  process.env["DOKKERR_LANGUAGE"] = "xx";
  try {
    await build({ configFile: config, logLevel: "error", build: { outDir: folder } });
  } finally {
    if (before === undefined) delete process.env["DOKKERR_LANGUAGE"];
    else process.env["DOKKERR_LANGUAGE"] = before;
  }
  const page = await readFile(join(folder, "xx", "index.html"), "utf8");
  return {
    async serve(context) {
      await context.route(({ pathname }) => !pathname.startsWith("/api/"), async (route) => {
        const { pathname } = new URL(route.request().url());
        if (route.request().isNavigationRequest()) {
          return await route.fulfill({ contentType: "text/html", body: page });
        }
        const path = join(folder, pathname);
        const isThere = await stat(path).then((found) => found.isFile(), () => false);
        return await (isThere ? route.fulfill({ path }) : route.continue());
      });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
