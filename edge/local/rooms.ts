import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./child.ts";
import { denoPath } from "./deno-path.ts";
import { type Guardian, startGuardian } from "./guardian.ts";
import { openLogFile } from "./log-file.ts";
import { freePort } from "./ports.ts";
import { root } from "./root.ts";
import { StartProblem } from "./start-problem.ts";
import { untilAnswer } from "./until-answer.ts";

export interface RoomsOptions {
  /** 0 or absent: any free one. */
  port?: number;
  /** Rooms keep their storage in `rooms/` of this folder, their log in `rooms.log`. */
  dataDir: string;
  /** What the parties see as `room.env`. */
  vars: Record<string, string>;
  partykitJsonPath: string;
  /** Absent: one of its own, which ends with it. */
  guardian?: Guardian;
}

/** What the process in rooms-process.ts is told. */
export interface RoomsConfig {
  port: number;
  storageDir: string;
  vars: Record<string, string>;
  partykitJsonPath: string;
}

export interface Rooms {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `127.0.0.1:PORT`: what the environment calls PARTYKIT_HOST. */
  readonly host: string;
  readonly port: number;
  /** Of the process group that holds the runtime, for tests that kill it. */
  readonly pid: number;
  readonly exited: Child["exited"];
  stop(): Promise<void>;
}

const script = fileURLToPath(new URL("./rooms-process.ts", import.meta.url));

/**
 * Runs the parties of a `partykit.json` in PartyKit's own runtime on loopback and waits until they
 * answer. Storage and alarms survive a stop and a kill.
 *
 * @throws {StartProblem} the parties do not build, or the port is taken.
 */
export async function startRooms(options: RoomsOptions): Promise<Rooms> {
  const port = options.port || await freePort();
  const guardian = options.guardian ?? await startGuardian();
  const storageDir = join(options.dataDir, "rooms");
  const temporaryDir = join(options.dataDir, "tmp");
  await mkdir(storageDir, { recursive: true });
  await mkdir(temporaryDir, { recursive: true });
  const log = await openLogFile(join(options.dataDir, "rooms.log"));
  const config: RoomsConfig = {
    port,
    storageDir,
    vars: options.vars,
    partykitJsonPath: options.partykitJsonPath,
  };
  const child = await startChild({
    name: "Rooms",
    command: denoPath(),
    args: ["run", "--no-prompt", "-A", script],
    cwd: root,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? temporaryDir,
      TMPDIR: temporaryDir,
      NO_COLOR: "1",
      DENO_NO_UPDATE_CHECK: "1",
      ROOMS_CONFIG: JSON.stringify(config),
    },
    logFile: log.path,
    stopSignal: "TERM",
    // The runtime is a child of that process and would outlive it.
    group: true,
    guardian,
  });
  const stop = async () => {
    await child.stop();
    if (!options.guardian) await guardian.close();
  };
  const host = `127.0.0.1:${port}`;
  if (await untilAnswer(`http://${host}/`, child) !== "answered") {
    await stop();
    throw new StartProblem(`The rooms did not start: ${await log.said()}`);
  }
  return { url: `http://${host}`, host, port, pid: child.pid, exited: child.exited, stop };
}
