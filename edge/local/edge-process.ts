import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./child.ts";
import { denoPath } from "./deno-path.ts";
import type { Guardian } from "./guardian.ts";
import { openLogFile } from "./log-file.ts";
import { root } from "./root.ts";
import { StartProblem } from "./start-problem.ts";
import { untilAnswer } from "./until-answer.ts";

export interface EdgeProcessOptions {
  /** What the edge's config.ts reads; PORT must be among it. */
  env: Record<string, string>;
  dataDir: string;
  /** Shown instead of logged, while one develops. */
  isVerbose?: boolean;
  /** All that it talks to is on this machine, so nothing else is allowed. */
  isLoopbackOnly: boolean;
  guardian: Guardian;
  /** Another composition root, for tests. */
  script?: string;
}

export interface EdgeProcess {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly pid: number;
  readonly exited: Child["exited"];
  stop(): Promise<void>;
}

const mainScript = fileURLToPath(new URL("../main-deno.ts", import.meta.url));

/** Starts the edge as a Deno process of its own and waits until `/healthz` answers. */
export async function startEdgeProcess(options: EdgeProcessOptions): Promise<EdgeProcess> {
  const { env, dataDir, guardian } = options;
  const log = await openLogFile(join(dataDir, "edge.log"));
  const hosts = `127.0.0.1,localhost,0.0.0.0:${env.PORT},[::1]`;
  const child = await startChild({
    name: "Edge",
    command: denoPath(),
    args: [
      "run",
      "--no-prompt",
      "--cached-only",
      options.isLoopbackOnly ? `--allow-net=${hosts}` : "--allow-net",
      // Its environment is only what is handed to it here.
      "--allow-env",
      `--allow-read=${[root, env.WEB_DIR].filter(Boolean).join(",")}`,
      "--allow-sys",
      options.script ?? mainScript,
    ],
    cwd: root,
    env: { ...inherited(), NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", ...env },
    logFile: options.isVerbose ? "inherit" : log.path,
    stopSignal: "TERM",
    group: true,
    guardian,
  });
  const url = `http://127.0.0.1:${env.PORT}`;
  const outcome = await untilAnswer(`${url}/healthz`, child, (answer) => answer.ok);
  if (outcome === "answered") {
    return { url, pid: child.pid, exited: child.exited, stop: () => child.stop() };
  }
  await child.stop();
  const said = options.isVerbose ? "see above" : await log.said();
  throw new StartProblem(`The edge did not start: ${said}`);
}

/** What a process needs of its surroundings, and where its telemetry goes. */
function inherited(): Record<string, string> {
  const names = Object.keys(process.env).filter((name) =>
    /^(PATH|HOME|TMPDIR|LANG|LC_.*|TZ|OTEL_.*|SSL_CERT_.*|DENO_V8_FLAGS|LOG_LEVEL)$/.test(name)
  );
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? ""]));
}
