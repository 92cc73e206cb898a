import { fileURLToPath } from "node:url";

/** The Deno that npm installed; under Deno itself, the one that runs. */
export function denoPath(): string {
  if (process.versions.deno) return process.execPath;
  return fileURLToPath(new URL("../../node_modules/deno/deno", import.meta.url));
}
