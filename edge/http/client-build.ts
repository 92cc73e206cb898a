import { Problem } from "../../shared/problem.ts";

/** The header in which our own client says which build it is: a number that only grows. */
const HEADER = "Dokkerr-Client";

/**
 * Refuses a client of ours that is too old for this API. Others say no build and are not refused.
 *
 * @throws {Problem} `client-too-old`.
 */
export function checkClientBuild(headers: Headers, minBuild: number): void {
  const text = headers.get(HEADER) ?? "";
  // A build made on somebody's own machine has a name in place of a number.
  if (!/^\d{1,9}$/.test(text)) return;
  const build = Number(text);
  if (build >= minBuild) return;
  throw new Problem(
    "client-too-old",
    `Cannot answer this client: it is build ${build}, the oldest that works is ${minBuild}`,
    { minBuild },
  );
}
