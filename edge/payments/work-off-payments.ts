import { applyEvents } from "./apply-events.ts";
import { checkFees, checkPayments } from "./check-payments.ts";
import { isUnreachable } from "../platform/sql.ts";
import type { PaymentDeps } from "./payment-deps.ts";
import { forgetEvents } from "./payment-queries.ts";
import { runPaymentTasks } from "./run-payment-tasks.ts";
import { countStuckTasks, depositsDue, queuePayouts, returnDeposit } from "./task-queries.ts";

const DEPOSITS_A_TICK = 50;
const PAYOUTS_A_TICK = 100;

/**
 * All that is due with payments: events that were kept, payments whose word was lost, deposits and
 * payouts whose day has come, and the steps at the provider. As often and by as many processes as
 * like. What fails is logged and holds nothing else up; it is due again at the next tick.
 */
export async function workOffPayments(deps: PaymentDeps): Promise<void> {
  const { sql } = deps;
  await attempt(deps, "applying events", () => applyEvents(deps));
  await attempt(deps, "asking for payments", () => checkPayments(deps));
  for (const bookingId of await depositsDue(sql, DEPOSITS_A_TICK)) {
    await attempt(deps, "returning a deposit", () => returnDeposit(sql, bookingId));
  }
  if (!deps.payments) return;
  await attempt(deps, "asking for fees", () => checkFees(deps));
  await attempt(deps, "looking for payouts", () => queuePayouts(sql, PAYOUTS_A_TICK));
  await attempt(deps, "running tasks", () => runPaymentTasks(deps));
  await attempt(deps, "forgetting events", () => forgetEvents(sql));
  await countStuck(deps);
}

async function attempt(
  { log }: PaymentDeps,
  what: string,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isUnreachable(error)) throw error;
    log("error", `${what} failed`, { error: String(error) });
  }
}

async function countStuck({ sql, metrics }: PaymentDeps): Promise<void> {
  const stuck = await countStuckTasks(sql);
  metrics.gauge(
    "dokkerr_payment_tasks_stuck",
    "Steps at the payment provider that failed for good, or ten times.",
    () => stuck,
  );
}
