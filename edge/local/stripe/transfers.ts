import type { Params } from "./form.ts";
import type { Account, Reversal, Transfer } from "./objects.ts";
import { invalidRequest, noSuch } from "./stripe-refusal.ts";
import type { World } from "./world.ts";

/** POST /v1/transfers */
export function createTransfer(world: World, params: Params): Transfer {
  const amount = params.amount("amount");
  const currency = params.needText("currency").toLowerCase();
  const destination = params.needText("destination");
  const sourceId = params.text("source_transaction");
  const description = params.text("description") ?? null;
  const group = params.text("transfer_group") ?? null;
  const metadata = params.metadata();
  params.done();
  if (amount === undefined) {
    throw invalidRequest("Missing required param: amount.", { param: "amount" });
  }
  checkDestination(world.store.get("accounts", destination), destination);
  if (sourceId !== undefined) takeFromCharge(world, sourceId, amount, currency);
  else if (balanceOf(world, currency) < amount) {
    throw invalidRequest("You have insufficient available funds in your Stripe account.", {
      code: "balance_insufficient",
    });
  }
  const born = world.born("tr");
  const transfer = world.store.put("transfers", {
    ...born,
    object: "transfer",
    amount,
    amount_reversed: 0,
    balance_transaction: world.book("transfer", born.id, currency, -amount).id,
    currency,
    description,
    destination,
    metadata,
    reversed: false,
    source_transaction: sourceId ?? null,
    transfer_group: group,
  });
  world.emit("transfer.created", transfer);
  return transfer;
}

/** POST /v1/transfers/{id}/reversals */
export function reverseTransfer(world: World, id: string, params: Params): Reversal {
  const transfer = world.store.get("transfers", id);
  if (!transfer) throw noSuch("transfer", id);
  const left = transfer.amount - transfer.amount_reversed;
  const amount = params.amount("amount") ?? left;
  const metadata = params.metadata();
  params.ignore("description", "refund_application_fee");
  params.done();
  if (amount > left) {
    throw invalidRequest(`Reversal amount (${amount}) is greater than what is left (${left})`, {
      param: "amount",
    });
  }
  transfer.amount_reversed += amount;
  transfer.reversed = transfer.amount_reversed === transfer.amount;
  const born = world.born("trr");
  const reversal = world.store.put("reversals", {
    ...born,
    object: "transfer_reversal",
    amount,
    balance_transaction: world.book("transfer_refund", born.id, transfer.currency, amount).id,
    currency: transfer.currency,
    metadata,
    transfer: transfer.id,
  });
  world.store.put("transfers", transfer);
  world.emit("transfer.reversed", transfer);
  return reversal;
}

/** What the platform's own balance holds of a currency. */
export function balanceOf(world: World, currency: string): number {
  return world.store.list("balance_transactions")
    .filter((one) => one.currency === currency)
    .reduce((sum, one) => sum + one.net, 0);
}

function checkDestination(account: Account | undefined, id: string): void {
  if (!account) throw noSuch("destination", id, "destination");
  if (account.capabilities.transfers === "active") return;
  throw invalidRequest(
    "Your destination account needs to have at least one of the following capabilities enabled: " +
      "transfers, crypto_transfers, legacy_payments",
    { code: "insufficient_capabilities_for_transfer" },
  );
}

function takeFromCharge(world: World, id: string, amount: number, currency: string): void {
  const charge = world.store.get("charges", id);
  if (!charge) throw noSuch("charge", id, "source_transaction");
  if (charge.currency !== currency) {
    throw invalidRequest("The currency of source_transaction's balance is another one.", {
      param: "currency",
    });
  }
  if (charge._transferred + amount > charge.amount_captured) {
    throw invalidRequest(
      "Transfers using this transaction as a source must not exceed the source amount of " +
        `${charge.amount_captured}.`,
      { param: "amount" },
    );
  }
  charge._transferred += amount;
  world.store.put("charges", charge);
}
