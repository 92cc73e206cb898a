import type { Params } from "./form.ts";
import type { FormMap } from "./form.ts";
import { type TableName, type Tables, toPublic } from "./objects.ts";
import { invalidRequest } from "./stripe-refusal.ts";
import type { World } from "./world.ts";

/** Filters that a list takes, by the object's own field. */
const FILTERS: Partial<Record<TableName, readonly string[]>> = {
  payment_intents: ["transfer_group"],
  charges: ["payment_intent", "transfer_group"],
  refunds: ["payment_intent", "charge"],
  transfers: ["transfer_group", "destination"],
  disputes: ["payment_intent", "charge"],
  balance_transactions: ["type", "source", "currency"],
  events: ["type"],
};

/** A list as Stripe pages it: newest first, `starting_after` an id, at most a hundred. */
export function listObjects(world: World, table: TableName, url: string, params: Params) {
  const limit = params.amount("limit") ?? 10;
  if (limit > 100) throw invalidRequest("Limit must be at most 100", { param: "limit" });
  const after = params.text("starting_after");
  const created = params.map("created");
  const wanted = (FILTERS[table] ?? []).map((name) => [name, params.text(name)] as const);
  params.done();
  const found = world.store.list(table).filter((row) =>
    isWithin(row.created, created) &&
    wanted.every(([name, value]) => value === undefined || fieldOf(row, name) === value)
  );
  const from = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && from === 0) {
    throw invalidRequest(`No such object: '${after}'`, {
      code: "resource_missing",
      param: "starting_after",
    });
  }
  const page = found.slice(from, from + limit);
  return {
    object: "list",
    url,
    has_more: found.length > from + limit,
    data: page.map((row) => toPublic(row)),
  };
}

function fieldOf(row: Tables[TableName], name: string): unknown {
  return (row as unknown as Record<string, unknown>)[name];
}

function isWithin(created: number, bounds: FormMap): boolean {
  const { gte, gt, lte, lt } = bounds;
  return (gte === undefined || created >= Number(gte)) &&
    (gt === undefined || created > Number(gt)) &&
    (lte === undefined || created <= Number(lte)) &&
    (lt === undefined || created < Number(lt));
}
