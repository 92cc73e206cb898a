import { PaymentFailure } from "../platform/payments.ts";
import { isUnreachable } from "../platform/sql.ts";
import type { PaymentDeps } from "./payment-deps.ts";
import { applyIntent, claimChecks } from "./payment-queries.ts";

/**
 * Asks the provider for payments that have been under way for a while: a webhook may be lost.
 * Answers how many it asked for.
 */
export async function checkPayments(deps: PaymentDeps, limit = 20): Promise<number> {
  const { sql, payments, log } = deps;
  if (!payments) return 0;
  const due = await claimChecks(sql, limit);
  for (const { intent_id } of due) {
    try {
      await applyIntent(sql, await payments.findIntent(intent_id));
    } catch (error) {
      if (isUnreachable(error)) throw error;
      const isFailure = error instanceof PaymentFailure;
      log(isFailure ? "warn" : "error", "a payment could not be asked for", {
        intentId: intent_id,
        error: String(error),
      });
      // Where the provider is away it is so for all of them.
      if (isFailure && error.kind === "away") break;
    }
  }
  return due.length;
}
