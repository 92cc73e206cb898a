import { batch, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Statement, StatementItem, StatementRole } from "../../shared/ledger.ts";
import type { Payouts } from "../../shared/payment.ts";
import type { Http } from "../api/http.ts";
import { openPayoutAccount, readPayouts, readStatement } from "../api/payments-api.ts";

/** A person's statement, newest first, a page after the other. */
export interface StatementList {
  totals: ReadonlySignal<Statement["totals"] | undefined>;
  items: ReadonlySignal<readonly StatementItem[]>;
  hasMore: ReadonlySignal<boolean>;
  isReading: ReadonlySignal<boolean>;
  error: ReadonlySignal<unknown>;
  /** Reads on; the first page first. */
  more(): Promise<void>;
}

export function createStatement(http: Http, role: StatementRole): StatementList {
  const totals = signal<Statement["totals"] | undefined>(undefined);
  const items = signal<readonly StatementItem[]>([]);
  const hasMore = signal(true);
  const isReading = signal(false);
  const error = signal<unknown>(undefined);
  let cursor: string | undefined;
  return {
    totals,
    items,
    hasMore,
    isReading,
    error,
    async more() {
      if (isReading.value || !hasMore.value) return;
      isReading.value = true;
      try {
        const page = await readStatement(http, role, cursor);
        cursor = page.nextCursor ?? undefined;
        batch(() => {
          // The totals are of all that there is, whichever page brings them.
          totals.value = page.totals;
          items.value = [...items.value, ...page.items];
          hasMore.value = page.nextCursor !== null;
          error.value = undefined;
        });
      } catch (failure) {
        error.value = failure;
      } finally {
        isReading.value = false;
      }
    },
  };
}

/** A host's payouts. Back from the provider's page, it is asked first what came of it. */
export async function readOwnPayouts(
  http: Http,
  backKey: string | null,
  signal?: AbortSignal,
): Promise<Payouts> {
  if (backKey !== null) await openPayoutAccount(http, backKey);
  return await readPayouts(http, undefined, signal);
}

/** The provider's page about oneself; null where it knows all. */
export async function payoutPage(http: Http, newKey: () => string): Promise<string | null> {
  return (await openPayoutAccount(http, newKey())).url;
}
