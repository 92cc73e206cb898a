import { Problem } from "../../shared/problem.ts";

/** The header in which our own client says which build it is: a number that only grows. */
const HEADER = "Dokkerr-Client";

/**
 * Refuses a client of ours that is too old for this API. Others say no build and are not refused.
 *
 * @throws {Problem} `client-too-old`.
 */
export function checkClientBuild(headers: Headers, minBuild: number): void {
  const build = Number.parseInt(headers.get(HEADER) ?? "", 10);
  if (Number.isNaN(build) || build >= minBuild) return;
  throw new Problem(
    "client-too-old",
    `Cannot answer this client: it is build ${build}, the oldest that works is ${minBuild}`,
    { minBuild },
  );
}
