import type { Plugin } from "vite";

const HELPER = "\0vite/preload-helper.js";

/**
 * Vite's helper for lazy parts serves browsers and setups that this client does not: the same in a
 * fifth of its size. A part waits for its styles; its scripts are no concern of it.
 */
export function smallPreload(): Plugin {
  return {
    name: "dokkerr-small-preload",
    apply: "build",
    enforce: "pre",
    load: (id) => id === HELPER ? SOURCE : undefined,
  };
}

const SOURCE = `const known = {};
const add = (file) => known[file] ??= new Promise((resolve) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = "/" + file;
  link.onload = link.onerror = resolve;
  document.head.append(link);
});
export const __vitePreload = (load, files) => Promise.all((files ?? []).map(add)).then(load);`;
