import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { StartProblem } from "./start-problem.ts";

const run = promisify(execFile);

export interface SystemUser {
  uid: number;
  gid: number;
}

/**
 * The user that Postgres runs as. Postgres refuses to run as root, so root hands it to the user
 * `postgres`, which is created where there is none; anybody else runs it as themselves (undefined).
 */
export async function findPostgresUser(
  log: (line: string) => void,
): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await lookUp("postgres");
  if (existing) return existing;
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
  } catch {
    throw new StartProblem(
      "Cannot start Postgres: it refuses to run as root and no user `postgres` could be created; " +
        "create one, start as an ordinary user, or set DATABASE_URL.",
    );
  }
  log("Created the system user postgres, because Postgres refuses to run as root.");
  const created = await lookUp("postgres");
  if (!created) throw new StartProblem("Cannot start Postgres: the user `postgres` is not usable.");
  return created;
}

async function lookUp(name: string): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Whether that user (undefined: this one) can enter a folder, asked of the kernel itself. */
export function canEnter(folder: string, user: SystemUser | undefined): boolean {
  const probe = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], {
    cwd: "/",
    stdio: "ignore",
    ...user,
  });
  return probe.status === 0;
}
