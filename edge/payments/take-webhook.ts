import { Problem } from "../../shared/problem.ts";
import { WebhookRefused } from "../platform/payments.ts";
import { cardPayments } from "./open-payment.ts";
import type { PaymentDeps } from "./payment-deps.ts";
import { keepEvent } from "./payment-queries.ts";

/**
 * Takes what the provider tells: checked, and kept before it is acknowledged. Applying it is later
 * work. True where it is new.
 *
 * @throws {Problem} `bad-request` where it is not signed, or too long ago.
 */
export async function takeWebhook(
  deps: PaymentDeps,
  body: string,
  signature: string | null,
  nowMs: number,
): Promise<boolean> {
  const payments = cardPayments(deps.payments);
  try {
    const { id, type } = await payments.readWebhook(body, signature, nowMs);
    return await keepEvent(deps.sql, { id, type, body });
  } catch (error) {
    if (!(error instanceof WebhookRefused)) throw error;
    throw new Problem("bad-request", `Cannot take webhook: ${error.message}`);
  }
}
