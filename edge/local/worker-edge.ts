import type { Readable } from "node:stream";
import { Miniflare, NoOpLog } from "miniflare";
import { bundleEdge, WORKER_COMPATIBILITY } from "./bundle-edge.ts";

export interface WorkerEdge {
  readonly url: string;
  stop(): Promise<void>;
}

/** The edge on workerd, the runtime of Cloudflare's Workers, on loopback. */
export async function startWorkerEdge(env: Record<string, string>): Promise<WorkerEdge> {
  const runtime = new Miniflare({
    host: "127.0.0.1",
    port: Number(env.PORT ?? 0),
    // Without it the runtime asks Cloudflare's network for sample request metadata.
    cf: false,
    log: new NoOpLog(),
    modules: [{ type: "ESModule", path: "edge.mjs", contents: await bundleEdge() }],
    ...WORKER_COMPATIBILITY,
    bindings: env,
    // What it logs is in the way of a test's own report.
    handleRuntimeStdio(output: Readable, errors: Readable) {
      output.resume();
      errors.resume();
    },
  });
  const url = await runtime.ready;
  return { url: url.origin, stop: () => runtime.dispose() };
}
