import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadSecrets } from "../secrets.ts";
import { StartProblem } from "../start-problem.ts";
import { embeddedUrl } from "../postgres.ts";

/**
 * The address of the database that an `npm start` on a data folder runs now: the port is that of
 * Postgres's own lock file (postmaster.pid, line 4).
 *
 * @throws {StartProblem} none runs there.
 */
export async function runningDatabase(dataDir: string, action = "import"): Promise<string> {
  const path = join(dataDir, "postgres", "postmaster.pid");
  const text = await readFile(path, "utf8").catch(() => "");
  const port = Number(text.split("\n")[3]);
  if (!Number.isInteger(port) || port < 1) {
    throw new StartProblem(
      `Cannot ${action}: no database runs in ${dataDir}; start one with npm start, name its folder ` +
        "with --data, or set DATABASE_URL.",
    );
  }
  const { postgresPassword } = await loadSecrets(dataDir);
  return embeddedUrl(postgresPassword, port);
}
