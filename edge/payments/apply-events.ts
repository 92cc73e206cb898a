import { PaymentFailure, type Payments, type ProviderEvent } from "../platform/payments.ts";
import { isUnreachable } from "../platform/sql.ts";
import { findAccountOwner, saveAccount } from "./payout-queries.ts";
import { pauseMs, type PaymentDeps } from "./payment-deps.ts";
import {
  applyIntent,
  applyWebhook,
  isCaptured,
  keptEvents,
  postponeEvent,
} from "./payment-queries.ts";

/** Applies events that were kept and not applied yet; answers how many it took. */
export async function applyEvents(deps: PaymentDeps, limit = 100): Promise<number> {
  const { payments } = deps;
  if (!payments) return 0;
  const kept = await keptEvents(deps.sql, limit);
  for (const { body, attempts } of kept) {
    await applyEvent(deps, payments, payments.readKept(body), attempts + 1);
  }
  return kept.length;
}

/**
 * Applies one kept event, once. Events that are final carry all that is needed, so that any order
 * and any number of copies come to the same; one that cannot be applied now is tried again.
 */
async function applyEvent(
  deps: PaymentDeps,
  payments: Payments,
  event: ProviderEvent,
  attempts: number,
): Promise<void> {
  const { sql, log } = deps;
  try {
    if (event.news.kind === "account") await readAccount(deps, payments, event.news.accountId);
    if (event.news.kind === "dispute") await readDisputed(deps, payments, event.news.intentId);
    const outcome = await applyWebhook(sql, event.id, event.news);
    if (outcome === null) return;
    count(deps, outcome);
    if (event.news.kind === "dispute" && event.news.state === "opened") {
      log("warn", "a payment is disputed", { ...event.news });
    }
    if (event.news.kind === "refund-failed") log("error", "a refund came back", { ...event.news });
  } catch (error) {
    if (isUnreachable(error)) throw error;
    const isAway = error instanceof PaymentFailure;
    log(isAway ? "warn" : "error", "a webhook could not be applied", {
      id: event.id,
      type: event.type,
      attempts,
      error: String(error),
    });
    count(deps, "postponed");
    await postponeEvent(sql, event.id, String(error), pauseMs(deps, attempts));
  }
}

/** The account's state now: what the event says may be older. */
async function readAccount(
  { sql }: PaymentDeps,
  payments: Payments,
  accountId: string,
): Promise<void> {
  const personId = await findAccountOwner(sql, accountId);
  if (personId === undefined) return;
  await saveAccount(sql, personId, await payments.findAccount(accountId));
}

/** Only money that came can be disputed: where that is not known yet, it is asked for first. */
async function readDisputed(
  { sql }: PaymentDeps,
  payments: Payments,
  intentId: string | null,
): Promise<void> {
  if (intentId === null || await isCaptured(sql, intentId)) return;
  await applyIntent(sql, await payments.findIntent(intentId));
}

function count(deps: PaymentDeps, outcome: string): void {
  deps.metrics.counter("dokkerr_webhooks_total", "Events of the payment provider.", { outcome })
    .add();
}
