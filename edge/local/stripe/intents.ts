import { randomBytes } from "node:crypto";
import { readSource, sourceOf, type TestSource } from "./cards.ts";
import { openDispute } from "./disputes.ts";
import type { Params } from "./form.ts";
import { type Charge, type Intent, type IntentStatus, toPublic } from "./objects.ts";
import { cardError, invalidRequest, noSuch } from "./stripe-refusal.ts";
import type { World } from "./world.ts";

/** Stripe's least amount of a charge in most currencies. */
const LEAST_AMOUNT = 50;
const CANCEL_REASONS = ["duplicate", "fraudulent", "requested_by_customer", "abandoned"] as const;
const CANCELLABLE: readonly IntentStatus[] = [
  "requires_payment_method",
  "requires_confirmation",
  "requires_action",
  "requires_capture",
];

/** POST /v1/payment_intents */
export function createIntent(world: World, params: Params): Intent {
  const amount = params.amount("amount");
  if (amount === undefined) throw missing("amount");
  const currency = params.needText("currency").toLowerCase();
  if (amount < LEAST_AMOUNT) {
    throw invalidRequest(`Amount must be at least ${LEAST_AMOUNT} ${currency}`, {
      code: "amount_too_small",
      param: "amount",
    });
  }
  const born = world.born("pi");
  const intent: Intent = {
    ...born,
    object: "payment_intent",
    amount,
    amount_capturable: 0,
    amount_received: 0,
    currency,
    status: "requires_payment_method",
    capture_method: params.oneOf("capture_method", ["automatic", "automatic_async", "manual"]) ??
      "automatic_async",
    confirmation_method: "automatic",
    client_secret: `${born.id}_secret_${randomBytes(12).toString("hex")}`,
    description: params.text("description") ?? null,
    metadata: params.metadata(),
    transfer_group: params.text("transfer_group") ?? null,
    payment_method: null,
    payment_method_types: ["card", "us_bank_account"],
    latest_charge: null,
    last_payment_error: null,
    next_action: null,
    canceled_at: null,
    cancellation_reason: null,
  };
  params.ignore("automatic_payment_methods", "payment_method_types", "statement_descriptor_suffix");
  const isConfirmed = params.text("confirm") === "true";
  const source = readSource(params.text("payment_method"), params.map("payment_method_data"));
  const returnUrl = params.text("return_url");
  params.done();
  world.store.put("payment_intents", intent);
  world.emit("payment_intent.created", intent);
  if (isConfirmed) confirm(world, intent, source, returnUrl);
  return intent;
}

/** POST /v1/payment_intents/{id}/confirm, by the platform or by the client with its secret. */
export function confirmIntent(world: World, id: string, params: Params): Intent {
  const intent = findIntent(world, id);
  const source = readSource(params.text("payment_method"), params.map("payment_method_data"));
  const returnUrl = params.text("return_url");
  params.ignore("use_stripe_sdk", "expected_payment_method_type", "radar_options", "mandate_data");
  params.done();
  return confirm(world, intent, source, returnUrl);
}

function confirm(
  world: World,
  intent: Intent,
  source: TestSource | undefined,
  returnUrl: string | undefined,
): Intent {
  if (
    !["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)
  ) {
    throw wrongState(intent, "confirmed");
  }
  if (!source) {
    throw invalidRequest(
      "You cannot confirm this PaymentIntent because it's missing a payment method.",
      { code: "payment_intent_unexpected_state", payment_intent: toPublic(intent) },
    );
  }
  if (returnUrl !== undefined) intent._returnUrl = returnUrl;
  intent._source = source.number;
  intent.payment_method = source.name;
  intent.last_payment_error = null;
  if (source.needsHolder) {
    intent.status = "requires_action";
    const token = intent.client_secret.slice(-24);
    const url = `${world.baseUrl}/bank/${intent.id}?token=${token}`;
    intent.next_action = {
      type: "redirect_to_url",
      redirect_to_url: { url, return_url: returnUrl ?? null },
    };
    world.store.put("payment_intents", intent);
    world.emit("payment_intent.requires_action", intent);
    return intent;
  }
  if (source.kind === "us_bank_account") return beginDebit(world, intent);
  return payOrRefuse(world, intent, source);
}

/** What the holder said on the bank's page. */
export function answerAuthentication(world: World, intent: Intent, isApproved: boolean): void {
  if (intent.status !== "requires_action" || intent._source === undefined) return;
  if (isApproved) {
    const source = sourceOf(intent._source);
    if (source.decline) refuse(world, intent, source.decline);
    else pay(world, intent, source);
    return;
  }
  refuse(world, intent, {
    code: "payment_intent_authentication_failure",
    message: "The provided PaymentMethod has failed authentication.",
  });
}

/** What the bank says of a debit that is under way. */
export function settleDebit(world: World, intent: Intent): void {
  if (intent.status !== "processing" || intent._source === undefined) return;
  delete intent._settlesAtMs;
  const source = sourceOf(intent._source);
  if (source.decline) refuse(world, intent, source.decline);
  else pay(world, intent, source);
}

function beginDebit(world: World, intent: Intent): Intent {
  if (intent.capture_method === "manual") {
    throw invalidRequest("us_bank_account does not support manual capture", {
      param: "payment_method_data[type]",
    });
  }
  intent.status = "processing";
  intent.next_action = null;
  if (world.settleMs !== undefined) intent._settlesAtMs = world.now() + world.settleMs;
  world.store.put("payment_intents", intent);
  world.emit("payment_intent.processing", intent);
  return intent;
}

function payOrRefuse(world: World, intent: Intent, source: TestSource): Intent {
  if (!source.decline) return pay(world, intent, source);
  const charge = refuse(world, intent, source.decline);
  const { message, ...more } = source.decline;
  throw cardError(message, { ...more, payment_intent: toPublic(intent), charge: charge.id } as {
    code: string;
  });
}

function pay(world: World, intent: Intent, source: TestSource): Intent {
  const charge = makeCharge(world, intent, source);
  intent.next_action = null;
  intent.last_payment_error = null;
  intent.latest_charge = charge.id;
  if (intent.capture_method === "manual") {
    intent.status = "requires_capture";
    intent.amount_capturable = intent.amount;
  } else {
    takeMoney(world, intent, charge, intent.amount);
  }
  world.store.put("payment_intents", intent);
  world.emit("charge.succeeded", charge);
  world.emit(
    intent.status === "succeeded"
      ? "payment_intent.succeeded"
      : "payment_intent.amount_capturable_updated",
    intent,
  );
  if (source.isDisputed && charge.captured) openDispute(world, charge, "fraudulent");
  return intent;
}

function takeMoney(world: World, intent: Intent, charge: Charge, amount: number): void {
  charge.captured = true;
  charge.amount_captured = amount;
  charge.balance_transaction = world.book("charge", charge.id, charge.currency, amount).id;
  intent.status = "succeeded";
  intent.amount_capturable = 0;
  intent.amount_received = amount;
  world.store.put("charges", charge);
}

function makeCharge(world: World, intent: Intent, source: { number: string }): Charge {
  return world.store.put("charges", {
    ...world.born("ch"),
    object: "charge",
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    balance_transaction: null,
    captured: false,
    currency: intent.currency,
    disputed: false,
    failure_code: null,
    failure_message: null,
    metadata: { ...intent.metadata },
    paid: true,
    payment_intent: intent.id,
    refunded: false,
    status: "succeeded",
    transfer_group: intent.transfer_group,
    _transferred: 0,
    _source: source.number,
  });
}

function refuse(
  world: World,
  intent: Intent,
  error: { code: string; message: string; decline_code?: string },
): Charge {
  const charge = makeCharge(world, intent, { number: intent._source ?? "" });
  charge.paid = false;
  charge.status = "failed";
  charge.failure_code = error.code;
  charge.failure_message = error.message;
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.next_action = null;
  intent.latest_charge = charge.id;
  intent.last_payment_error = { type: "card_error", ...error };
  world.store.put("payment_intents", intent);
  world.emit("charge.failed", charge);
  world.emit("payment_intent.payment_failed", intent);
  return charge;
}

/** POST /v1/payment_intents/{id}/capture */
export function captureIntent(world: World, id: string, params: Params): Intent {
  const intent = findIntent(world, id);
  const amount = params.amount("amount_to_capture") ?? intent.amount_capturable;
  params.ignore("metadata");
  params.done();
  if (intent.status !== "requires_capture") throw wrongState(intent, "captured");
  if (amount > intent.amount_capturable) {
    throw invalidRequest(
      "The requested capture amount is greater than the amount you can capture for this charge.",
      { code: "amount_too_large", param: "amount_to_capture" },
    );
  }
  const charge = chargeOf(world, intent);
  takeMoney(world, intent, charge, amount);
  // What is not captured was never taken: Stripe shows it as refunded.
  charge.amount_refunded = charge.amount - amount;
  world.store.put("payment_intents", intent);
  world.emit("charge.captured", charge);
  world.emit("payment_intent.succeeded", intent);
  if (sourceOf(charge._source).isDisputed) openDispute(world, charge, "fraudulent");
  return intent;
}

/** POST /v1/payment_intents/{id}/cancel */
export function cancelIntent(world: World, id: string, params: Params): Intent {
  const intent = findIntent(world, id);
  const reason = params.oneOf("cancellation_reason", CANCEL_REASONS);
  params.done();
  if (!CANCELLABLE.includes(intent.status)) throw wrongState(intent, "canceled");
  if (intent.status === "requires_capture") {
    const charge = chargeOf(world, intent);
    charge.amount_refunded = charge.amount;
    charge.refunded = true;
    world.store.put("charges", charge);
    world.emit("charge.refunded", charge);
  }
  intent.status = "canceled";
  intent.amount_capturable = 0;
  intent.next_action = null;
  intent.canceled_at = world.seconds();
  intent.cancellation_reason = reason ?? null;
  world.store.put("payment_intents", intent);
  world.emit("payment_intent.canceled", intent);
  return intent;
}

export function findIntent(world: World, id: string): Intent {
  const intent = world.store.get("payment_intents", id);
  if (!intent) throw noSuch("payment_intent", id, "intent");
  return intent;
}

export function chargeOf(world: World, intent: Intent): Charge {
  const charge = world.store.get("charges", intent.latest_charge ?? "");
  if (!charge) throw new Error("an intent that was paid has its charge");
  return charge;
}

function wrongState(intent: Intent, done: string) {
  return invalidRequest(
    `This PaymentIntent could not be ${done} because it has a status of ${intent.status}.`,
    { code: "payment_intent_unexpected_state", payment_intent: toPublic(intent) },
  );
}

function missing(name: string) {
  return invalidRequest(`Missing required param: ${name}.`, {
    code: "parameter_missing",
    param: name,
  });
}
