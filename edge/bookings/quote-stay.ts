import type { QuoteAnswer } from "../../shared/api.ts";
import type { PartialVessel } from "../../shared/boat.ts";
import { Problem } from "../../shared/problem.ts";
import { priceStay } from "../../shared/quote.ts";
import type { Stay } from "../../shared/stay.ts";
import type { Deps } from "../deps.ts";
import type { Sql } from "../platform/sql.ts";
import { type BookableDock, checkStay, findBookableDock, fitForStay } from "./bookable-dock.ts";
import { QUOTE_TTL_SECONDS, signQuote } from "./quote-token.ts";

/** A vessel whose length is known: what a price needs. */
export type QuotedVessel = PartialVessel & { loaCm: number };

/**
 * A signed price for a vessel's stay at a dock, whether she fits and whether it is free now;
 * `changed` is the stay that is to become this one, with its nights where the dock is the same.
 */
export async function quoteStay(
  deps: Deps,
  sql: Sql,
  request: {
    dockId: number;
    stay: Stay;
    vessel: QuotedVessel;
    nowMs: number;
    changed?: { bookingId: string; was: Stay | undefined };
  },
): Promise<QuoteAnswer> {
  const { dockId, stay, vessel, nowMs, changed } = request;
  const dock = await findBookableDock(sql, dockId, stay, vessel.loaCm, changed?.bookingId);
  if (!dock || dock.status === "draft") {
    throw new Problem("not-found", `Cannot quote: there is no dock ${dockId}`);
  }
  checkStay(dock, stay, nowMs, changed?.was);
  return await quoteDock(deps, dock, request);
}

/** The quote of a dock already read. */
export async function quoteDock(
  deps: Deps,
  dock: BookableDock,
  { stay, vessel, nowMs }: { stay: Stay; vessel: QuotedVessel; nowMs: number },
): Promise<QuoteAnswer> {
  const price = priceStay(dock.rate, stay, vessel, dock);
  if (!price) throw new Error("a price with a length is always there");
  const { currency, totalMinor, depositMinor, lines } = price;
  const exp = Math.floor(nowMs / 1000) + QUOTE_TTL_SECONDS;
  const quote = await signQuote(
    {
      dockId: dock.id,
      ...stay,
      vessel,
      ratesVersion: dock.ratesVersion,
      collection: dock.collection,
      currency,
      totalMinor,
      depositMinor,
      lines,
      exp,
    },
    deps.config.authSecret,
  );
  return {
    quote,
    currency,
    totalMinor,
    depositMinor,
    lines,
    fit: await fitForStay(deps.tides, dock, vessel, stay),
    free: dock.free,
    expiresAt: new Date(exp * 1000).toISOString(),
  };
}
