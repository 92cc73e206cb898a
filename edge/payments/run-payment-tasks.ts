import { type Intent, PaymentFailure, type Payments } from "../platform/payments.ts";
import { sqlState } from "../platform/sql.ts";
import { pauseMs, type PaymentDeps } from "./payment-deps.ts";
import { claimTasks, failTask, finishTask, type PaymentTask } from "./task-queries.ts";

/** Tasks that one worker has in hand at a time. */
const BATCH = 8;
/** Longer than a call to the provider may take, with the writing down of it. */
const LEASE_SECONDS = 60;
/** What waits for something else to happen is not asked about sooner. */
const LATER_MS = 5 * 60_000;

/** What a task came to at the provider. */
interface Outcome {
  providerId: string;
  intent?: Intent;
}

/**
 * Works off what the moves of bookings ask of the provider: claims, calls outside any transaction
 * with the task's id as idempotency key, records the outcome with its ledger transfer in one. A
 * process that dies anywhere leaves a task that the next one does again, with the same effect.
 * Answers how many tasks were taken.
 */
export async function runPaymentTasks(deps: PaymentDeps, limit = 100): Promise<number> {
  const { payments } = deps;
  if (!payments) return 0;
  let taken = 0;
  while (taken < limit) {
    const tasks = await claimTasks(deps.sql, Math.min(BATCH, limit - taken), LEASE_SECONDS);
    if (tasks.length === 0) break;
    taken += tasks.length;
    const results = await Promise.allSettled(tasks.map((task) => runTask(deps, payments, task)));
    const broken = results.find((result) => result.status === "rejected");
    if (broken) throw broken.reason;
  }
  return taken;
}

async function runTask(deps: PaymentDeps, payments: Payments, task: PaymentTask): Promise<void> {
  let outcome: Outcome;
  try {
    outcome = await perform(payments, task);
  } catch (error) {
    if (!(error instanceof PaymentFailure)) throw error;
    return await recordFailure(deps, payments, task, error);
  }
  try {
    await finishTask(deps.sql, task.id, outcome.providerId, outcome.intent);
    count(deps, task, "done");
  } catch (error) {
    // A rule of the books says no to what the provider has done: that is a person's to look at.
    const state = sqlState(error);
    if (state !== "23514" && state !== "23505") throw error;
    const said = `done as ${outcome.providerId}, but the books refuse it: ${String(error)}`;
    await failTask(deps.sql, task.id, said, undefined);
    deps.log("error", "a payment task cannot be written down", { task, error: said });
    count(deps, task, "failed");
  }
}

async function perform(payments: Payments, task: PaymentTask): Promise<Outcome> {
  const { id: taskId, bookingId, currency, attempts } = task;
  const amountMinor = task.amountMinor ?? 0;
  const isRetry = attempts > 1;
  switch (task.kind) {
    case "capture": {
      const intentId = needed(task.intentId, "intent");
      return ended(
        payments,
        intentId,
        () => payments.capture({ intentId, currency, amountMinor, key: taskId }),
      );
    }
    case "cancel": {
      const intentId = needed(task.intentId, "intent");
      return ended(payments, intentId, () => payments.cancel({ intentId, key: taskId }));
    }
    case "refund": {
      const intentId = needed(task.intentId, "intent");
      const refund = await payments.refund({ intentId, currency, amountMinor, taskId, isRetry });
      if (refund.hasFailed) throw new PaymentFailure("refused", "refund_failed", "it failed");
      return { providerId: refund.id };
    }
    case "transfer": {
      if (task.accountId === null) {
        throw new PaymentFailure("later", "no_account", "the host has no account yet");
      }
      const { accountId } = task;
      const order = { accountId, bookingId, currency, amountMinor, taskId, isRetry };
      return { providerId: (await payments.transfer(order)).id };
    }
    case "reverse": {
      const transferId = needed(task.transferId, "transfer");
      const order = { transferId, currency, amountMinor, taskId };
      return { providerId: (await payments.reverse(order)).id };
    }
  }
}

/** An intent that is at its end: by this call, or, as it turns out, by another. */
async function ended(
  payments: Payments,
  intentId: string,
  call: () => Promise<Intent>,
): Promise<Outcome> {
  let intent: Intent;
  try {
    intent = await call();
  } catch (error) {
    if (!(error instanceof PaymentFailure) || error.kind !== "state") throw error;
    intent = await payments.findIntent(intentId);
    if (intent.status === "processing") {
      throw new PaymentFailure("later", "processing", "a bank has not answered yet");
    }
    if (intent.status !== "captured" && intent.status !== "cancelled") {
      throw new PaymentFailure("refused", error.code, error.message);
    }
  }
  return { providerId: intent.id, intent };
}

async function recordFailure(
  deps: PaymentDeps,
  payments: Payments,
  task: PaymentTask,
  error: PaymentFailure,
): Promise<void> {
  const isFinal = error.kind === "refused" || error.kind === "state";
  const pause = pauseMs(deps, task.attempts);
  const afterMs = isFinal ? undefined : error.kind === "later" ? Math.max(LATER_MS, pause) : pause;
  if (isFinal && task.kind === "capture" && task.intentId !== null) {
    // Nobody shall pay for a stay that is given up now; it is given up also where this fails.
    const order = { intentId: task.intentId, key: `${task.id}:end` };
    await payments.cancel(order).catch(() => undefined);
  }
  await failTask(deps.sql, task.id, `${error.code}: ${error.message}`, afterMs);
  const { id, kind, bookingId, attempts } = task;
  deps.log(isFinal ? "error" : "warn", "a payment task failed", {
    id,
    kind,
    bookingId,
    attempts,
    code: error.code,
    error: error.message,
    retryAfterMs: afterMs,
  });
  count(deps, task, isFinal ? "failed" : "postponed");
}

function needed(id: string | null, what: string): string {
  if (id !== null) return id;
  throw new PaymentFailure("refused", "nothing_there", `the task has no ${what}`);
}

function count(deps: PaymentDeps, { kind }: PaymentTask, outcome: string): void {
  deps.metrics.counter("dokkerr_payment_tasks_total", "Steps at the payment provider.", {
    kind,
    outcome,
  }).add();
}
