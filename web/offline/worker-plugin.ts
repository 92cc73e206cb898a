import type { Plugin, Rolldown } from "vite";
import type { Shell } from "./shell.ts";

/**
 * Puts the worker beside the client, as one script with all that it needs, and `shell.json`: which
 * files it brings to a device before they are asked for. `heavy`: modules whose parts are left out,
 * because not everybody opens them; they are kept when they are used. `bundleWorker` makes one script of
 * worker.ts and all that it imports.
 */
export function offlineWorker(heavy: RegExp, bundleWorker: () => Promise<string>): Plugin {
  return {
    name: "dokkerr-offline-worker",
    apply: "build",
    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const source = JSON.stringify(toShell(chunks, heavy));
      this.emitFile({ type: "asset", fileName: "shell.json", source });
      this.emitFile({ type: "asset", fileName: "worker.js", source: await bundleWorker() });
    },
  };
}

function toShell(chunks: readonly Rolldown.OutputChunk[], heavy: RegExp): Shell {
  const entry = chunks.find(({ isEntry }) => isEntry);
  if (!entry) throw new Error("Cannot list the shell: the build has no entry");
  const files = new Set<string>();
  const visit = (fileName: string) => {
    const chunk = chunks.find((other) => other.fileName === fileName);
    if (!chunk || files.has(`/${fileName}`)) return;
    files.add(`/${fileName}`);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(`/${style}`);
    chunk.imports.forEach(visit);
  };
  for (const { fileName, isEntry, isDynamicEntry, facadeModuleId } of chunks) {
    if (isEntry || (isDynamicEntry && !heavy.test(facadeModuleId ?? ""))) visit(fileName);
  }
  return { entry: `/${entry.fileName}`, files: [...files].sort() };
}
