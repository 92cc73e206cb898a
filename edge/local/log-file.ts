import { readFile, rename, stat } from "node:fs/promises";

const maxBytes = 16 * 1024 * 1024;

/** One part's log, which grows over many starts; what this start adds can be asked for. */
export interface LogFile {
  readonly path: string;
  /** The last lines that were added since it was opened, or where to look if there are none. */
  said(): Promise<string>;
}

/** Opens a part's log; one that grew large is put aside as `.1` first. */
export async function openLogFile(path: string): Promise<LogFile> {
  let start = await stat(path).then((found) => found.size, () => 0);
  if (start > maxBytes) {
    await rename(path, `${path}.1`);
    start = 0;
  }
  return {
    path,
    async said() {
      const bytes = await readFile(path).catch(() => Buffer.alloc(0));
      const lines = bytes.subarray(start).toString().trim().split("\n");
      return lines.slice(-12).join("\n") || `nothing was said; see ${path}`;
    },
  };
}
