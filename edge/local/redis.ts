import { access, constants, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Child, startChild } from "./child.ts";
import type { Guardian } from "./guardian.ts";
import { openLogFile } from "./log-file.ts";
import { freePort } from "./ports.ts";
import { type RedisAddress, RedisConnection } from "./resp.ts";
import { StartProblem } from "./start-problem.ts";

export interface RedisOptions {
  /** Its settings are kept in `redis/` of this folder, its log in `redis.log`. */
  dataDir: string;
  password: string;
  guardian: Guardian;
  /** To come back at the same place after a stop; 0 or absent: any free one. */
  port?: number;
}

export interface Redis extends RedisAddress {
  readonly exited: Child["exited"];
  stop(): Promise<void>;
}

/** Where the machine's `redis-server` is, if it has one. */
export async function findRedisServer(path = process.env.PATH ?? ""): Promise<string | undefined> {
  for (const directory of path.split(delimiter).filter(Boolean)) {
    const candidate = join(directory, "redis-server");
    const runs = await access(candidate, constants.X_OK).then(() => true, () => false);
    if (runs) return candidate;
  }
  return undefined;
}

/** Starts the machine's Redis on a loopback port, as a cache: nothing is written to disk. */
export async function startRedis(command: string, options: RedisOptions): Promise<Redis> {
  const { dataDir, password, guardian } = options;
  const port = options.port || await freePort();
  const directory = join(dataDir, "redis");
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // In a file and not on the command line, which every user of the machine can read.
  const settingsFile = join(directory, "redis.conf");
  const settings = [
    "bind 127.0.0.1",
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(directory)}`,
    'save ""',
    "appendonly no",
    "databases 1",
    "maxmemory 256mb",
    // Only what was given an age may go: the change log must not be forgotten unseen.
    "maxmemory-policy volatile-lru",
  ];
  await writeFile(settingsFile, `${settings.join("\n")}\n`, { mode: 0o600 });
  const log = await openLogFile(join(dataDir, "redis.log"));
  const child = await startChild({
    name: "Redis",
    command,
    args: [settingsFile],
    cwd: directory,
    env: { PATH: process.env.PATH ?? "", LC_ALL: "C" },
    logFile: log.path,
    stopSignal: "TERM",
    group: false,
    guardian,
  });
  if (!await answers(child, { port, password })) {
    await child.stop();
    throw new StartProblem(`Redis did not start: ${await log.said()}`);
  }
  return { port, password, exited: child.exited, stop: () => child.stop() };
}

async function answers(child: Child, address: RedisAddress): Promise<boolean> {
  let dead = false;
  void child.exited.then(() => dead = true);
  const connection = new RedisConnection(address);
  try {
    const deadline = Date.now() + 15_000;
    while (!dead && Date.now() < deadline) {
      const replies = await connection.send([["PING"]]).catch(() => undefined);
      if (String(replies?.[0]) === "PONG") return true;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return false;
  } finally {
    connection.close();
  }
}
