import { publicEndpoint, Reply } from "../http/endpoint.ts";
import { checkReadiness } from "./check-readiness.ts";

/** `GET /healthz` */
export const getHealth = publicEndpoint({
  summary: "Say whether the process lives",
  handle: () => Promise.resolve({ status: "ok" }),
});

/** `GET /readyz` */
export const getReadiness = publicEndpoint({
  summary: "Say whether requests can be served, part by part",
  async handle({ deps }) {
    const readiness = await checkReadiness(deps);
    return new Reply(readiness, readiness.status === "ready" ? 200 : 503);
  },
});

/** `GET /metrics` */
export const getMetrics = publicEndpoint({
  summary: "Read this process's metrics in Prometheus' text format",
  handle: ({ deps }) =>
    Promise.resolve(
      new Response(deps.metrics.text(), {
        headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" },
      }),
    ),
});
