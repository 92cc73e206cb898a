import { sourceOf } from "./cards.ts";
import { refundedOf } from "./disputes.ts";
import type { Params } from "./form.ts";
import { chargeOf, findIntent } from "./intents.ts";
import type { Charge, Refund } from "./objects.ts";
import { invalidRequest, noSuch } from "./stripe-refusal.ts";
import type { World } from "./world.ts";

const REASONS = ["duplicate", "fraudulent", "requested_by_customer"] as const;

/** POST /v1/refunds */
export function createRefund(world: World, params: Params): Refund {
  const charge = chargeToRefund(world, params);
  const left = charge.amount_captured - refundedOf(charge);
  const amount = params.amount("amount") ?? left;
  const reason = params.oneOf("reason", REASONS) ?? null;
  const metadata = params.metadata();
  params.done();
  if (!charge.captured || charge.status !== "succeeded") {
    throw invalidRequest(`Charge ${charge.id} has not been captured and cannot be refunded.`);
  }
  if (charge.disputed && left > 0) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: "charge_already_refunded",
    });
  }
  if (amount > left) {
    throw invalidRequest(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      { param: "amount" },
    );
  }
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  const refund: Refund = {
    ...world.born("re"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    currency: charge.currency,
    metadata,
    payment_intent: charge.payment_intent,
    reason,
    status: "succeeded",
  };
  refund.balance_transaction = world.book("refund", refund.id, refund.currency, -amount).id;
  world.store.put("charges", charge);
  world.store.put("refunds", refund);
  world.emit("refund.created", refund);
  world.emit("charge.refunded", charge);
  if (!sourceOf(charge._source).refundFails) return refund;
  // Whoever asked is told that it is made; that it is not comes as an event.
  const answer = { ...refund };
  failRefund(world, refund);
  return answer;
}

/** The bank sends a refund back. */
function failRefund(world: World, refund: Refund): void {
  const charge = world.store.get("charges", refund.charge);
  if (!charge) throw new Error("a refund has its charge");
  refund.status = "failed";
  refund.failure_reason = "expired_or_canceled_card";
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  world.book("refund_failure", refund.id, refund.currency, refund.amount);
  world.store.put("refunds", refund);
  world.store.put("charges", charge);
  world.emit("refund.failed", refund);
}

function chargeToRefund(world: World, params: Params): Charge {
  const chargeId = params.text("charge");
  const intentId = params.text("payment_intent");
  if (chargeId === undefined && intentId === undefined) {
    throw invalidRequest("One of the following params should be provided: payment_intent, charge.");
  }
  if (intentId !== undefined) {
    const intent = findIntent(world, intentId);
    if (intent.latest_charge === null || intent.status !== "succeeded") {
      throw invalidRequest(
        `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
        { code: "payment_intent_unexpected_state" },
      );
    }
    return chargeOf(world, intent);
  }
  const charge = world.store.get("charges", chargeId ?? "");
  if (!charge) throw noSuch("charge", chargeId ?? "", "charge");
  return charge;
}
