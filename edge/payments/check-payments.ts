import { PaymentFailure } from "../platform/payments.ts";
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
      if (!(error instanceof PaymentFailure)) throw error;
      log("warn", "a payment could not be asked for", {
        intentId: intent_id,
        error: error.message,
      });
      // Where the provider is away it is so for all of them.
      if (error.kind === "away") break;
    }
  }
  return due.length;
}
