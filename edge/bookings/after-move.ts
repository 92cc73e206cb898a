import { relayEvents } from "../events/relay-events.ts";
import { runPaymentTasks } from "../payments/run-payment-tasks.ts";
import type { Call } from "../http/endpoint.ts";

/** What follows a booking's move at once, and would follow with the next tick anyway. */
export function afterMove({ deps, background }: Pick<Call, "deps" | "background">): void {
  // This process's own searches must not miss it.
  deps.tiles.noteWrite();
  background(relayEvents(deps));
  background(runPaymentTasks(deps));
}
