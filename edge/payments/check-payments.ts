import type { Deps } from "../deps.ts";
import { PaymentFailure } from "../platform/payments.ts";
import { isUnreachable } from "../platform/sql.ts";
import type { PaymentDeps } from "./payment-deps.ts";
import { applyIntent, claimChecks, claimFeeChecks, recordFee } from "./payment-queries.ts";

/**
 * Asks the provider for payments that have been under way for a while: a webhook may be lost.
 * Answers how many it asked for.
 */
export async function checkPayments(deps: PaymentDeps, limit = 20): Promise<number> {
  const { sql, payments } = deps;
  if (!payments) return 0;
  const due = await claimChecks(sql, limit);
  await askEach(deps, due, async ({ intent_id }) => {
    await applyIntent(sql, await payments.findIntent(intent_id));
  });
  return due.length;
}

/** Asks what the provider kept of payments that have come, and books it. Answers of how many. */
export async function checkFees(deps: PaymentDeps, limit = 20): Promise<number> {
  const { sql, payments } = deps;
  if (!payments) return 0;
  const due = await claimFeeChecks(sql, limit);
  await askEach(deps, due, async ({ payment_id, intent_id }) => {
    const fee = await payments.findFee(intent_id);
    if (fee !== undefined) await recordFee(sql, payment_id, fee);
  });
  return due.length;
}

async function askEach<T extends { intent_id: string }>(
  { log }: Pick<Deps, "log">,
  due: readonly T[],
  ask: (one: T) => Promise<void>,
): Promise<void> {
  for (const one of due) {
    try {
      await ask(one);
    } catch (error) {
      if (isUnreachable(error)) throw error;
      const isFailure = error instanceof PaymentFailure;
      log(isFailure ? "warn" : "error", "a payment could not be asked for", {
        intentId: one.intent_id,
        error: String(error),
      });
      // Where the provider is away it is so for all of them.
      if (isFailure && error.kind === "away") break;
    }
  }
}
