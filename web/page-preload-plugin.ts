import type { Plugin, Rolldown } from "vite";

/** A page's own part: its module, and a pattern of the addresses that show it first. */
export interface PagePart {
  module: string;
  address: RegExp;
}

/**
 * Puts a few lines into the page that ask for the part which its address needs beside the first
 * script, and not after it: one round trip less before a page is there. The router calls the same
 * lines (`preloadPage`) for the page that it opens next.
 */
export function pagePreload(parts: readonly PagePart[]): Plugin {
  return {
    name: "dokkerr-page-preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        if (!bundle) return [];
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        const list = parts.map(({ module, address }) => {
          const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
          if (!chunk) throw new Error(`Cannot preload ${module}: it is no part of its own`);
          return `[${address},${JSON.stringify(filesOf(chunk, chunks))}]`;
        });
        return [{ tag: "script", injectTo: "head", children: toScript(list) }];
      },
    },
  };
}

/** A part's file, what it imports that the first script has not, and their styles. */
function filesOf(chunk: Rolldown.OutputChunk, chunks: readonly Rolldown.OutputChunk[]): string[] {
  const entry = chunks.find(({ isEntry }) => isEntry);
  const seen = new Set<string>(entry ? [entry.fileName] : []);
  const files: string[] = [];
  const visit = (fileName: string) => {
    if (seen.has(fileName)) return;
    seen.add(fileName);
    const found = chunks.find((other) => other.fileName === fileName);
    if (!found) return;
    files.push(fileName, ...(found.viteMetadata?.importedCss ?? []));
    found.imports.forEach(visit);
  };
  visit(chunk.fileName);
  return files.map((file) => `/${file}`);
}

function toScript(list: readonly string[]): string {
  return `preloadPage=u=>{for(const[r,f]of[${list.join(",")}])if(r.test(u))for(const h of f){` +
    `const l=document.createElement("link"),c=/css$/.test(h);l.href=h;` +
    `l.rel=c?"preload":"modulepreload";l.as=c?"style":"script";document.head.append(l)}};` +
    `preloadPage(location.pathname+location.search)`;
}
