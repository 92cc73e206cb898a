import * as z from "zod/mini";
import type { Stripe } from "./simulator.ts";

const Fault = z.object({
  match: z.optional(z.string()),
  kind: z.enum(["refuse", "lose", "cut", "lose-and-cut", "delay"]),
  status: z.optional(z.int()),
  ms: z.optional(z.number()),
  times: z.optional(z.int()),
  chance: z.optional(z.number()),
});

/** What `POST /_control` takes, each part by itself. */
const Control = z.object({
  faults: z.optional(z.array(Fault)),
  delivery: z.optional(z.object({
    hold: z.optional(z.boolean()),
    copies: z.optional(z.int()),
    shuffle: z.optional(z.boolean()),
    delayMs: z.optional(z.number()),
    lose: z.optional(z.number()),
  })),
  settle: z.optional(z.string()),
  authenticate: z.optional(z.object({ intent: z.string(), approve: z.boolean() })),
  dispute: z.optional(z.string()),
  closeDispute: z.optional(z.object({ dispute: z.string(), status: z.enum(["won", "lost"]) })),
  completeAccount: z.optional(z.string()),
});

/** Tells the simulator how to misbehave, and what banks and people decide. */
export async function control(stripe: Stripe, text: string): Promise<object> {
  const asked = Control.parse(JSON.parse(text));
  if (asked.faults) stripe.setFaults(withoutAbsent(asked.faults));
  if (asked.delivery) stripe.setDelivery(withoutAbsent([asked.delivery])[0]!);
  if (asked.settle !== undefined) await stripe.settle(asked.settle);
  if (asked.authenticate) {
    await stripe.authenticate(asked.authenticate.intent, asked.authenticate.approve);
  }
  if (asked.closeDispute) {
    await stripe.closeDispute(asked.closeDispute.dispute, asked.closeDispute.status);
  }
  if (asked.completeAccount !== undefined) await stripe.completeAccount(asked.completeAccount);
  return asked.dispute === undefined ? {} : { dispute: await stripe.dispute(asked.dispute) };
}

/** Optional members that were not given are left out, not undefined. */
function withoutAbsent<T extends object>(list: readonly T[]) {
  return list.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as {
      [K in keyof T]: Exclude<T[K], undefined>;
    }
  );
}
