import type { Deps } from "../deps.ts";

/** What the work on payments needs of the platform. */
export type PaymentDeps = Pick<
  Deps,
  "sql" | "payments" | "log" | "metrics" | "randomBytes" | "config"
>;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** How long to wait before the next try, with jitter, so that many do not come back as one. */
export function pauseMs(deps: Pick<Deps, "randomBytes">, attempts: number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20));
  const [random = 0] = deps.randomBytes(1);
  return full * (0.5 + random / 512);
}
