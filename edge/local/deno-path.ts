import { join } from "node:path";
import { root } from "./root.ts";

/** The Deno that npm installed; under Deno itself, the one that runs. */
export function denoPath(): string {
  if (process.versions.deno) return process.execPath;
  return join(root, "node_modules", "deno", "deno");
}
