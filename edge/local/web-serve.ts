import { join } from "node:path";
import { type Child, startChild } from "./child.ts";
import type { Guardian } from "./guardian.ts";
import { openLogFile } from "./log-file.ts";
import { root } from "./root.ts";
import { StartProblem } from "./start-problem.ts";
import { untilAnswer } from "./until-answer.ts";
import { viteCommand } from "./web-build.ts";

export interface WebServerOptions {
  dataDir: string;
  guardian: Guardian;
  port: number;
  /** Where its `/api` is answered. */
  api: string;
}

/** Serves the client from its sources, replacing modules in open pages as they change. */
export async function serveWeb(
  options: WebServerOptions,
): Promise<{ exited: Child["exited"]; stop(): Promise<void> }> {
  const { dataDir, guardian, port } = options;
  const log = await openLogFile(join(dataDir, "web.log"));
  const child = await startChild({
    name: "The client's server",
    ...viteCommand(["web", "--host", "127.0.0.1", "--port", String(port), "--strictPort"]),
    cwd: root,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      NO_COLOR: "1",
      DENO_NO_UPDATE_CHECK: "1",
      DOKKERR_API: options.api,
    },
    logFile: log.path,
    stopSignal: "TERM",
    group: true,
    guardian,
  });
  if (await untilAnswer(`http://127.0.0.1:${port}/`, child) === "answered") {
    return { exited: child.exited, stop: () => child.stop() };
  }
  await child.stop();
  throw new StartProblem(`The client's server did not start: ${await log.said()}`);
}
