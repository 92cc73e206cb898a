import type { Charge, Dispute } from "./objects.ts";
import type { World } from "./world.ts";

/** A cardholder takes what is left of a charge back through their bank. */
export function openDispute(world: World, charge: Charge, reason: string): Dispute {
  charge.disputed = true;
  world.store.put("charges", charge);
  const amount = charge.amount_captured - refundedOf(charge);
  const dispute = world.store.put("disputes", {
    ...world.born("du"),
    object: "dispute",
    amount,
    charge: charge.id,
    currency: charge.currency,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: "needs_response",
  });
  world.book("adjustment", dispute.id, dispute.currency, -amount);
  world.emit("charge.dispute.created", dispute);
  world.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

/** The bank decides. */
export function closeDispute(world: World, dispute: Dispute, status: "won" | "lost"): Dispute {
  if (dispute.status === "won" || dispute.status === "lost") return dispute;
  dispute.status = status;
  world.store.put("disputes", dispute);
  if (status === "won") {
    world.book("adjustment", dispute.id, dispute.currency, dispute.amount);
    world.emit("charge.dispute.funds_reinstated", dispute);
  }
  world.emit("charge.dispute.closed", dispute);
  return dispute;
}

/** What of a captured charge has been given back; what was never captured is no refund. */
export function refundedOf(charge: Charge): number {
  return charge.amount_refunded - (charge.amount - charge.amount_captured);
}
