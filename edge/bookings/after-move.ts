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
  background(relayEvents(deps));
  if (collection === "online") background(runPaymentTasks(deps));
}
