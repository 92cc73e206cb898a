import type { Intent, Payments, Refund, Transfer } from "../platform/payments.ts";
import type { Sql } from "../platform/sql.ts";
import {
  isTaskDone,
  ourDoneTasks,
  type OurPayment,
  ourPayments,
  type OurTask,
  stuckSteps,
} from "./reconcile-queries.ts";

/** Something on which our books and the provider's do not agree. */
export interface Difference {
  /** What it is about: a payment, a refund, a transfer, a step. */
  about: "payment" | "refund" | "transfer" | "step";
  /** The provider's id, or ours where it has none. */
  id: string;
  bookingId: string | null;
  ours: string;
  theirs: string;
}

export interface Reconciliation {
  intents: number;
  refunds: number;
  transfers: number;
  differences: Difference[];
}

/** What was made this long ago may be on its way from one side to the other. */
const MARGIN_MS = 60 * 60_000;

/**
 * Compares what we have since an instant with what the provider has. What differs is read again on
 * both sides before it counts: payments go on meanwhile.
 */
export async function reconcile(
  sql: Sql,
  payments: Payments,
  sinceMs: number,
): Promise<Reconciliation> {
  // Theirs begin earlier: what we wrote just after the instant, they may have made just before.
  const from = sinceMs - MARGIN_MS;
  const intents = await collect(payments.listIntents(from), ({ id }) => id);
  const refunds = await collect(payments.listRefunds(from), ({ id }) => id);
  const transfers = await collect(payments.listTransfers(from), ({ id }) => id);
  const steps = await stuckSteps(sql);
  return {
    intents: intents.size,
    refunds: refunds.size,
    transfers: transfers.size,
    differences: [
      ...await comparePayments(sql, payments, sinceMs, intents),
      ...await compareTasks(sql, sinceMs, from, intents, refunds, transfers),
      ...steps.map(({ id, bookingId, what, attempts, error }): Difference => ({
        about: "step",
        id,
        bookingId,
        ours: `${what} after ${attempts} tries`,
        theirs: error,
      })),
    ],
  };
}

async function comparePayments(
  sql: Sql,
  payments: Payments,
  sinceMs: number,
  intents: ReadonlyMap<string, Intent>,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  const known = new Set<string>();
  for (const ours of await ourPayments(sql, sinceMs)) {
    known.add(ours.intentId);
    const fault = faultOf(ours, intents.get(ours.intentId));
    if (!fault) continue;
    const theirs = await payments.findIntent(ours.intentId).catch(() => undefined);
    const [again = ours] = await ourPayments(sql, 0, ours.id);
    const still = faultOf(again, theirs);
    if (still) {
      const { intentId: id, bookingId } = ours;
      differences.push({ about: "payment", id, bookingId, ...still });
    }
  }
  for (const intent of intents.values()) {
    const holdsMoney = intent.capturedMinor > 0 || intent.status === "authorised";
    if (!holdsMoney || intent.paymentId === null || known.has(intent.id)) continue;
    const [ours] = await ourPayments(sql, 0, intent.paymentId);
    if (ours?.intentId === intent.id) continue;
    const { id, bookingId } = intent;
    differences.push({ about: "payment", id, bookingId, ours: "nothing", theirs: say(intent) });
  }
  return differences;
}

/** Statuses that are as far as each other; a bank's `processing` never goes back with us. */
function isSameStatus(ours: string, theirs: string): boolean {
  return ours === theirs || (ours === "processing" && theirs === "open");
}

function faultOf(ours: OurPayment, theirs: Intent | undefined) {
  const said = `${ours.status}, ${ours.capturedMinor} ${ours.currency}`;
  if (!theirs) return { ours: said, theirs: "nothing" };
  if (
    !isSameStatus(ours.status, theirs.status) || ours.capturedMinor !== theirs.capturedMinor ||
    ours.currency !== theirs.currency
  ) {
    return { ours: said, theirs: say(theirs) };
  }
  const books = [ours.ledgerCapturedMinor, ours.ledgerRefundedMinor];
  const row = [ours.capturedMinor, ours.refundedMinor];
  if (String(books) === String(row)) return undefined;
  return { ours: `books ${books.join(" − ")}`, theirs: `payment ${row.join(" − ")}` };
}

function say({ status, capturedMinor, currency }: Intent): string {
  return `${status}, ${capturedMinor} ${currency}`;
}

async function compareTasks(
  sql: Sql,
  sinceMs: number,
  from: number,
  intents: ReadonlyMap<string, Intent>,
  refunds: ReadonlyMap<string, Refund>,
  transfers: ReadonlyMap<string, Transfer>,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  const tasks = await ourDoneTasks(sql, from);
  const done = new Map(tasks.map((task) => [task.id, task]));
  const reversed = new Map<string, number>();
  const add = (
    about: Difference["about"],
    id: string,
    bookingId: string | null,
    ours: string,
    theirs: string,
  ) => void differences.push({ about, id, bookingId, ours, theirs });

  for (const task of tasks) {
    if (task.kind === "reverse") {
      const id = task.transferId ?? "";
      reversed.set(id, (reversed.get(id) ?? 0) + task.amountMinor);
      continue;
    }
    const list: ReadonlyMap<string, Refund | Transfer> = task.kind === "refund"
      ? refunds
      : transfers;
    const found = list.get(task.providerId ?? "");
    const fault = taskFault(task, found);
    if (fault !== undefined) {
      add(task.kind, task.providerId ?? task.id, task.bookingId, amountOf(task), fault);
    }
  }
  for (const refund of refunds.values()) {
    // Of payments of ours only: others may use the account too.
    const intent = intents.get(refund.intentId ?? "");
    if (refund.hasFailed || !intent?.paymentId) continue;
    if (await isOurs(sql, done, refund.taskId)) continue;
    add("refund", refund.id, intent.bookingId, "nothing", amountOf(refund));
  }
  for (const transfer of transfers.values()) {
    if (transfer.bookingId === null) continue;
    if (!await isOurs(sql, done, transfer.taskId)) {
      add("transfer", transfer.id, transfer.bookingId, "nothing", amountOf(transfer));
    }
    const back = reversed.get(transfer.id) ?? 0;
    if (back !== transfer.reversedMinor) {
      const theirs = `reversed ${transfer.reversedMinor}`;
      add("transfer", transfer.id, transfer.bookingId, `reversed ${back}`, theirs);
    }
  }
  return differences;
}

async function isOurs(
  sql: Sql,
  done: ReadonlyMap<string, OurTask>,
  taskId: string | null,
): Promise<boolean> {
  return taskId !== null && (done.has(taskId) || await isTaskDone(sql, taskId));
}

function taskFault(task: OurTask, found: Refund | Transfer | undefined): string | undefined {
  if (!found) return "nothing";
  if ("hasFailed" in found && found.hasFailed) return "failed";
  const isSame = found.amountMinor === task.amountMinor && found.currency === task.currency;
  return isSame ? undefined : amountOf(found);
}

function amountOf({ amountMinor, currency }: { amountMinor: number; currency: string }): string {
  return `${amountMinor} ${currency}`;
}

async function collect<T>(
  list: AsyncIterable<T>,
  keyOf: (one: T) => string,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for await (const one of list) found.set(keyOf(one), one);
  return found;
}
