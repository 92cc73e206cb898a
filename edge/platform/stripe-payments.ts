import Stripe from "stripe";
import { isUuid } from "../../shared/ids.ts";
import {
  type Intent,
  type IntentStatus,
  PaymentFailure,
  type Payments,
  type PayoutAccount,
  type ProviderEvent,
  type ProviderNews,
  type Refund,
  type Transfer,
  WebhookRefused,
} from "./payments.ts";
import { minorToStripe, stripeToMinor } from "./stripe-amounts.ts";

interface StripePaymentsOptions {
  secretKey: string;
  webhookSecret: string;
  /** Where the API is, in place of Stripe's own address: the simulator. */
  apiUrl: string | undefined;
}

const TIMEOUT_MS = 20_000;
/** How far a webhook's clock may be from ours, both ways. */
const TOLERANCE_SECONDS = 300;

/** Stripe through its own SDK, over fetch, so that it runs wherever the edge does. */
export function createStripePayments(options: StripePaymentsOptions): Payments {
  const stripe = createClient(options);
  const cryptoProvider = Stripe.createSubtleCryptoProvider();

  return {
    async openIntent({ paymentId, bookingId, currency, amountMinor, capture }) {
      const intent = await ask(() =>
        stripe.paymentIntents.create({
          amount: minorToStripe(amountMinor, currency),
          currency: currency.toLowerCase(),
          capture_method: capture === "manual" ? "manual" : "automatic",
          automatic_payment_methods: { enabled: true },
          metadata: { paymentId, bookingId },
          transfer_group: bookingId,
          // Somebody waits for it; and of two who ask at once the second waits for the first.
        }, { idempotencyKey: paymentId, maxNetworkRetries: 2 })
      );
      return toIntent(intent);
    },

    findIntent: async (intentId) =>
      toIntent(await ask(() => stripe.paymentIntents.retrieve(intentId))),

    async findFee(intentId) {
      const { currency, latest_charge: charge } = await ask(() =>
        stripe.paymentIntents.retrieve(intentId, {
          expand: ["latest_charge.balance_transaction"],
        })
      );
      const moved = typeof charge === "object" ? charge?.balance_transaction : null;
      if (!moved || typeof moved === "string") return undefined;
      return moved.currency === currency ? stripeToMinor(moved.fee, currency.toUpperCase()) : 0;
    },

    capture: async ({ intentId, currency, amountMinor, key }) =>
      toIntent(
        await ask(() =>
          stripe.paymentIntents.capture(
            intentId,
            { amount_to_capture: minorToStripe(amountMinor, currency) },
            { idempotencyKey: key },
          )
        ),
      ),

    cancel: async ({ intentId, key }) =>
      toIntent(
        await ask(() => stripe.paymentIntents.cancel(intentId, {}, { idempotencyKey: key })),
      ),

    async refund({ intentId, currency, amountMinor, taskId, isRetry }) {
      if (isRetry) {
        const earlier = await firstOf(
          stripe.refunds.list({ payment_intent: intentId, limit: 100 }),
          (one) => one.metadata?.taskId === taskId,
        );
        if (earlier) return toRefund(earlier);
      }
      const refund = await ask(() =>
        stripe.refunds.create({
          payment_intent: intentId,
          amount: minorToStripe(amountMinor, currency),
          metadata: { taskId },
        }, { idempotencyKey: taskId })
      );
      return toRefund(refund);
    },

    async transfer({ accountId, bookingId, currency, amountMinor, taskId, isRetry }) {
      if (isRetry) {
        const earlier = await firstOf(
          stripe.transfers.list({ transfer_group: bookingId, limit: 100 }),
          (one) => one.metadata.taskId === taskId,
        );
        if (earlier) return toTransfer(earlier);
      }
      const transfer = await ask(() =>
        stripe.transfers.create({
          amount: minorToStripe(amountMinor, currency),
          currency: currency.toLowerCase(),
          destination: accountId,
          transfer_group: bookingId,
          metadata: { taskId, bookingId },
        }, { idempotencyKey: taskId })
      );
      return toTransfer(transfer);
    },

    async reverse({ transferId, currency, amountMinor, taskId }) {
      const { id } = await ask(() =>
        stripe.transfers.createReversal(transferId, {
          amount: minorToStripe(amountMinor, currency),
          metadata: { taskId },
        }, { idempotencyKey: taskId })
      );
      return { id };
    },

    async openAccount({ personId, email }) {
      const account = await ask(() =>
        stripe.accounts.create({
          type: "express",
          email,
          capabilities: { transfers: { requested: true } },
          metadata: { personId },
        }, { idempotencyKey: `account:${personId}` })
      );
      return toAccount(account);
    },

    findAccount: async (accountId) =>
      toAccount(await ask(() => stripe.accounts.retrieve(accountId))),

    async onboardingUrl({ accountId, returnUrl, refreshUrl }) {
      const link = await ask(() =>
        stripe.accountLinks.create({
          account: accountId,
          return_url: returnUrl,
          refresh_url: refreshUrl,
          type: "account_onboarding",
        })
      );
      return link.url;
    },

    async readWebhook(body, signature, nowMs) {
      const signedAt = Number(/(?:^|,)t=(\d+)/.exec(signature ?? "")?.[1] ?? Number.NaN);
      // The SDK refuses what is too old; what claims to come from the future is as little true.
      if (!(signedAt <= nowMs / 1_000 + TOLERANCE_SECONDS)) {
        throw new WebhookRefused("it carries no signature of this time");
      }
      try {
        const event = await stripe.webhooks.constructEventAsync(
          body,
          signature ?? "",
          options.webhookSecret,
          TOLERANCE_SECONDS,
          cryptoProvider,
          nowMs,
        );
        return toEvent(event);
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError) {
          throw new WebhookRefused("its signature is not good, or too old");
        }
        throw error;
      }
    },

    // What is kept was verified before it was.
    readKept: (body) => toEvent(JSON.parse(body) as Stripe.Event),

    listIntents: (sinceMs) =>
      listed(stripe.paymentIntents.list({ created: since(sinceMs), limit: 100 }), toIntent),
    listRefunds: (sinceMs) =>
      listed(stripe.refunds.list({ created: since(sinceMs), limit: 100 }), toRefund),
    listTransfers: (sinceMs) =>
      listed(stripe.transfers.list({ created: since(sinceMs), limit: 100 }), toTransfer),
  };
}

function createClient({ secretKey, apiUrl }: StripePaymentsOptions): Stripe {
  const url = apiUrl === undefined ? undefined : new URL(apiUrl);
  return new Stripe(secretKey, {
    httpClient: Stripe.createFetchHttpClient(),
    // Those who ask have their own ways to try again: a person, or a task with its pauses.
    maxNetworkRetries: 0,
    timeout: TIMEOUT_MS,
    telemetry: false,
    ...(url && {
      host: url.hostname,
      protocol: url.protocol === "http:" ? "http" as const : "https" as const,
      ...(url.port === "" ? {} : { port: url.port }),
    }),
  });
}

async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toFailure(error);
  }
}

/** Codes that say that the object is in another state than was thought. */
const STATE_CODES = new Set([
  "payment_intent_unexpected_state",
  "charge_already_refunded",
  "charge_already_captured",
  "charge_expired_for_capture",
  "charge_disputed",
]);
const LATER_CODES = new Set([
  "balance_insufficient",
  "insufficient_capabilities_for_transfer",
  "transfers_not_allowed",
]);
const AWAY_CODES = new Set(["lock_timeout", "idempotency_key_in_use", "rate_limit"]);

function toFailure(error: unknown): PaymentFailure {
  if (error instanceof RangeError) {
    return new PaymentFailure("refused", "amount", error.message, { cause: error });
  }
  if (!(error instanceof Stripe.errors.StripeError)) {
    return new PaymentFailure("away", "unreachable", String(error), { cause: error });
  }
  const code = error.code ?? error.type;
  const kind = STATE_CODES.has(code)
    ? "state"
    : LATER_CODES.has(code)
    ? "later"
    : AWAY_CODES.has(code) || isAway(error)
    ? "away"
    : "refused";
  return new PaymentFailure(kind, code, error.message, { cause: error });
}

function isAway(error: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    error instanceof Stripe.errors.StripeRateLimitError ||
    // A wrong or withdrawn key is the operator's to mend; what was asked waits for that.
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError ||
    (error.statusCode ?? 0) >= 500;
}

function since(ms: number) {
  return { gte: Math.floor(ms / 1_000) };
}

async function* listed<From, To>(
  list: AsyncIterable<From>,
  convert: (from: From) => To,
): AsyncIterable<To> {
  try {
    for await (const one of list) yield convert(one);
  } catch (error) {
    throw toFailure(error);
  }
}

function firstOf<T>(list: AsyncIterable<T>, isIt: (one: T) => boolean): Promise<T | undefined> {
  return ask(async () => {
    for await (const one of list) if (isIt(one)) return one;
    return undefined;
  });
}

const STATUSES: Readonly<Record<string, IntentStatus>> = {
  requires_payment_method: "open",
  requires_confirmation: "open",
  requires_action: "open",
  processing: "processing",
  requires_capture: "authorised",
  succeeded: "captured",
  canceled: "cancelled",
};

function toIntent(intent: Stripe.PaymentIntent): Intent {
  const currency = intent.currency.toUpperCase();
  return {
    id: intent.id,
    paymentId: ours(intent.metadata.paymentId),
    bookingId: ours(intent.metadata.bookingId),
    // A status of tomorrow is none that money has moved in, as far as anybody knows.
    status: STATUSES[intent.status] ?? "open",
    currency,
    amountMinor: stripeToMinor(intent.amount, currency),
    capturableMinor: stripeToMinor(intent.amount_capturable, currency),
    capturedMinor: stripeToMinor(intent.amount_received, currency),
    clientSecret: intent.client_secret,
  };
}

function toRefund(refund: Stripe.Refund): Refund {
  const currency = refund.currency.toUpperCase();
  return {
    id: refund.id,
    intentId: idOf(refund.payment_intent),
    taskId: ours(refund.metadata?.taskId),
    currency,
    amountMinor: stripeToMinor(refund.amount, currency),
    hasFailed: refund.status === "failed" || refund.status === "canceled",
  };
}

function toTransfer(transfer: Stripe.Transfer): Transfer {
  const currency = transfer.currency.toUpperCase();
  return {
    id: transfer.id,
    accountId: idOf(transfer.destination),
    taskId: ours(transfer.metadata.taskId),
    bookingId: ours(transfer.metadata.bookingId),
    currency,
    amountMinor: stripeToMinor(transfer.amount, currency),
    reversedMinor: stripeToMinor(transfer.amount_reversed, currency),
  };
}

function toAccount(account: Stripe.Account): PayoutAccount {
  return {
    id: account.id,
    isReady: account.payouts_enabled && account.capabilities?.transfers === "active",
    isSubmitted: account.details_submitted,
  };
}

function toEvent(event: Stripe.Event): ProviderEvent {
  return { id: event.id, type: event.type, news: toNews(event) };
}

function toNews(event: Stripe.Event): ProviderNews {
  switch (event.type) {
    case "payment_intent.processing":
    case "payment_intent.amount_capturable_updated":
    case "payment_intent.succeeded":
    case "payment_intent.payment_failed":
    case "payment_intent.canceled":
      return { kind: "intent", intent: toIntent(event.data.object) };
    case "charge.dispute.created":
      return toDispute(event.data.object, "opened");
    case "charge.dispute.funds_withdrawn":
      return toDispute(event.data.object, "withdrawn");
    case "charge.dispute.funds_reinstated":
      return toDispute(event.data.object, "won");
    case "charge.dispute.closed":
      // A dispute that is won is told by its money's return.
      return event.data.object.status === "lost"
        ? toDispute(event.data.object, "lost")
        : { kind: "other" };
    case "refund.failed":
      return {
        kind: "refund-failed",
        refundId: event.data.object.id,
        taskId: ours(event.data.object.metadata?.taskId),
        reason: event.data.object.failure_reason ?? "unknown",
      };
    case "account.updated":
      return { kind: "account", accountId: event.data.object.id };
    default:
      return { kind: "other" };
  }
}

function toDispute(
  dispute: Stripe.Dispute,
  state: "opened" | "withdrawn" | "won" | "lost",
): ProviderNews {
  return {
    kind: "dispute",
    disputeId: dispute.id,
    intentId: idOf(dispute.payment_intent),
    amountMinor: stripeToMinor(dispute.amount, dispute.currency.toUpperCase()),
    state,
  };
}

/** Others may use the account too, and write what they like. */
function ours(id: string | undefined): string | null {
  return id !== undefined && isUuid(id) ? id : null;
}

function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === "string" ? reference : reference?.id ?? null;
}
