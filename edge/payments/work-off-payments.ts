import { applyEvents } from "./apply-events.ts";
import { checkPayments } from "./check-payments.ts";
import type { PaymentDeps } from "./payment-deps.ts";
import { runPaymentTasks } from "./run-payment-tasks.ts";
import { countStuckTasks, depositsDue, queuePayouts, returnDeposit } from "./task-queries.ts";

const DEPOSITS_A_TICK = 50;
const PAYOUTS_A_TICK = 100;

/**
 * All that is due with payments: events that were kept, payments whose word was lost, deposits and
 * payouts whose day has come, and the steps at the provider. As often and by as many processes as
 * like.
 */
export async function workOffPayments(deps: PaymentDeps): Promise<void> {
  const { sql, metrics } = deps;
  await applyEvents(deps);
  await checkPayments(deps);
  for (const bookingId of await depositsDue(sql, DEPOSITS_A_TICK)) {
    await returnDeposit(sql, bookingId);
  }
  if (!deps.payments) return;
  await queuePayouts(sql, PAYOUTS_A_TICK);
  await runPaymentTasks(deps);
  const stuck = await countStuckTasks(sql);
  metrics.gauge(
    "dokkerr_payment_tasks_stuck",
    "Steps at the payment provider that failed for good, or ten times.",
    () => stuck,
  );
}
