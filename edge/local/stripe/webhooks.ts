import { createHmac } from "node:crypto";
import type { Delivery } from "./faults.ts";
import { type StripeEvent, toPublic } from "./objects.ts";
import type { StripeStore } from "./store.ts";

/** Brings one event; answers the HTTP status, or rejects where nobody answered. */
export type Deliver = (body: string, headers: Record<string, string>) => Promise<number>;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 60_000;
/** Stripe gives up after three days. */
const MAX_TRIES = 200;

interface WebhookOptions {
  store: StripeStore;
  /** `whsec_…` */
  secret: string;
  deliver: Deliver;
  now: () => number;
  random: () => number;
}

/** `Stripe-Signature` of a body (https://docs.stripe.com/webhooks#verify-manually). */
export function signWebhook(body: string, secret: string, atSeconds: number): string {
  const signature = createHmac("sha256", secret).update(`${atSeconds}.${body}`).digest("hex");
  return `t=${atSeconds},v1=${signature}`;
}

/** Brings events until somebody says 2xx, through restarts, in the ways that it is told to. */
export class Webhooks {
  readonly #options: WebhookOptions;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #underWay = new Set<Promise<void>>();
  #held: StripeEvent[] = [];
  #delivery: Delivery = {};
  #isStopped = false;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  /** Goes on with what was not brought before a restart. */
  resume(): void {
    const waiting = this.#options.store.list("events").filter((one) => one.pending_webhooks > 0);
    for (const event of waiting.toReversed()) this.enqueue(event);
  }

  set(delivery: Delivery): void {
    const wasHeld = this.#delivery.hold;
    this.#delivery = delivery;
    if (wasHeld && !delivery.hold) this.release();
  }

  /** Events that are held back, oldest first. */
  get held(): readonly StripeEvent[] {
    return this.#held;
  }

  enqueue(event: StripeEvent): void {
    const { hold, lose = 0 } = this.#delivery;
    if (lose > 0 && this.#options.random() < lose) {
      event.pending_webhooks = 0;
      this.#options.store.put("events", event);
      return;
    }
    if (hold) this.#held.push(event);
    else this.#schedule(event);
  }

  /** Lets the held ones go. */
  release(): void {
    const events = this.#held;
    this.#held = [];
    if (this.#delivery.shuffle) shuffle(events, this.#options.random);
    for (const event of events) this.#schedule(event);
  }

  #schedule(event: StripeEvent): void {
    const { copies = 1, delayMs = 0, shuffle: isShuffled } = this.#delivery;
    const spreadMs = isShuffled ? this.#options.random() * 50 : 0;
    for (let copy = 0; copy < copies; copy++) this.#later(event, delayMs + spreadMs, copy === 0);
  }

  #later(event: StripeEvent, ms: number, isFirst: boolean): void {
    if (this.#isStopped) return;
    if (ms <= 0) return this.#start(event, isFirst);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#start(event, isFirst);
    }, ms);
    this.#timers.add(timer);
  }

  #start(event: StripeEvent, isFirst: boolean): void {
    const work = this.#bring(event, isFirst).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #bring(event: StripeEvent, isFirst: boolean): Promise<void> {
    const { store, secret, deliver, now } = this.#options;
    const body = JSON.stringify(toPublic(event));
    const signature = signWebhook(body, secret, Math.floor(now() / 1_000));
    const status = await deliver(body, {
      "content-type": "application/json; charset=utf-8",
      "stripe-signature": signature,
    }).catch(() => 0);
    // A further copy is a mishap: nobody sees to its arrival.
    if (!isFirst || this.#isStopped) return;
    event._tries += 1;
    const isTaken = status >= 200 && status < 300;
    if (isTaken || event._tries >= MAX_TRIES) event.pending_webhooks = 0;
    else this.#later(event, pauseMs(event._tries), true);
    store.put("events", event);
    await store.commit();
  }

  /** Resolves when nothing is on its way; what waits for its next try is not. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.allSettled(this.#underWay);
  }
}

function pauseMs(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}
