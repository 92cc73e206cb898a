import type { Booking } from "../../shared/booking.ts";
import type { Deps } from "../deps.ts";
import { relayEvents } from "../events/relay-events.ts";
import { runPaymentTasks } from "../payments/run-payment-tasks.ts";

/** What follows a booking's move at once, and would follow with the next tick anyway. */
export function afterMove(
  { deps, background }: { deps: Deps; background: (work: Promise<unknown>) => void },
  { collection }: Pick<Booking, "collection">,
): void {
  // This process's own searches must not miss it.
  deps.tiles.noteWrite();
  background(relaySoon(deps));
  if (collection === "online") background(runPaymentTasks(deps));
}

/** Relays under way, by the process's parts; true where somebody has asked again meanwhile. */
const relays = new WeakMap<Deps["sql"], { done: Promise<void>; isAskedAgain: boolean }>();

/**
 * One relay at a time: each takes all that waits, so that moves which come while one is under way
 * share the next. Resolves when what was written before the call has been brought.
 */
function relaySoon(deps: Deps): Promise<void> {
  const running = relays.get(deps.sql);
  if (running) {
    running.isAskedAgain = true;
    return running.done;
  }
  const relay = { done: Promise.resolve(), isAskedAgain: true };
  relays.set(deps.sql, relay);
  relay.done = (async () => {
    try {
      while (relay.isAskedAgain) {
        relay.isAskedAgain = false;
        await relayEvents(deps);
      }
    } finally {
      relays.delete(deps.sql);
    }
  })();
  return relay.done;
}
