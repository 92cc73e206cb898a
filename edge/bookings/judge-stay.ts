import type { QuoteClaims } from "../../shared/api.ts";
import type { NamedVessel } from "../../shared/boat.ts";
import type { Fit } from "../../shared/fit.ts";
import { Problem } from "../../shared/problem.ts";
import type { Stay } from "../../shared/stay.ts";
import type { Deps } from "../deps.ts";
import type { Sql } from "../platform/sql.ts";
import { type BookableDock, checkStay, findBookableDock, fitForStay } from "./bookable-dock.ts";
import { quoteDock } from "./quote-stay.ts";
import { readQuote } from "./quote-token.ts";

/** A stay that somebody wants at a quoted price. */
export interface WantedStay {
  dockId: number;
  stay: Stay;
  vessel: NamedVessel;
  quote: string;
  acceptConditions: boolean;
  nowMs: number;
  /** The guest's own stay that is to become this one, and its nights where the dock is the same. */
  changed?: { bookingId: string; was: Stay | undefined };
}

/** What the booking functions take of it. */
export interface JudgedStay {
  dock: BookableDock;
  /** The price as a booking keeps it. */
  quote: Omit<QuoteClaims, "dockId" | "from" | "to" | "vessel" | "collection" | "exp">;
  /** Whether fit lets it be booked at once, where the dock does: what nobody knows, a host judges. */
  instant: boolean;
}

/**
 * Everything of a stay that the database cannot know: the quote's signature, fit, and terms by this
 * process's clock.
 *
 * @throws {Problem} `quote-invalid`, `quote-mismatch`, `stay-not-possible`, `boat-does-not-fit`,
 *   `conditions-not-accepted`, `price-changed` with the new quote, `not-found`, `not-bookable`.
 */
export async function judgeStay(deps: Deps, sql: Sql, wanted: WantedStay): Promise<JudgedStay> {
  const { dockId, stay, vessel, nowMs, changed } = wanted;
  const claims = await readQuote(wanted.quote, deps.config.authSecret);
  if (claims.dockId !== dockId || claims.from !== stay.from || claims.to !== stay.to) {
    throw new Problem("quote-mismatch", "Cannot book dock: the quote is for another dock or stay");
  }
  checkQuotedVessel(claims, vessel);

  const dock = await findBookableDock(sql, dockId, stay, vessel.loaCm, changed?.bookingId);
  if (!dock || dock.status === "draft") {
    throw new Problem("not-found", `Cannot book dock: there is no dock ${dockId}`);
  }
  if (dock.collection === "online" && !deps.payments) {
    throw new Problem(
      "not-bookable",
      "Cannot book dock: it is paid by card, and no payment provider is set up here",
    );
  }
  checkStay(dock, stay, nowMs, changed?.was);
  const fit = await fitForStay(deps.tides, dock, vessel, stay);
  checkFit(fit, wanted.acceptConditions);
  await checkPrice(deps, dock, claims, { stay, vessel, nowMs });
  const { dockId: _, from: __, to: ___, vessel: ____, collection: _____, exp: ______, ...quote } =
    claims;
  return { dock, quote, instant: fit.verdict === "fits" || fit.verdict === "conditional" };
}

/** A quote holds until it expires, and while the dock takes its fee in the same way. */
async function checkPrice(
  deps: Deps,
  dock: BookableDock,
  claims: QuoteClaims,
  wanted: { stay: Stay; vessel: NamedVessel; nowMs: number },
): Promise<void> {
  const isOther = claims.collection !== dock.collection;
  if (claims.exp * 1000 >= wanted.nowMs && !isOther) return;
  const fresh = await quoteDock(deps, dock, wanted);
  const isSame = fresh.totalMinor === claims.totalMinor && fresh.currency === claims.currency;
  if (isSame && !isOther) return;
  throw new Problem(
    "price-changed",
    isOther
      ? "Cannot book dock: it takes its fee in another way now"
      : "Cannot book dock: the quote has expired and the price has changed",
    { quote: fresh },
  );
}

/**
 * A quote holds for the vessel that it was asked with: whatever it said of her must still be so.
 * A quote that did not say her hull was priced as for a monohull.
 */
function checkQuotedVessel(claims: QuoteClaims, vessel: NamedVessel): void {
  const quoted = { hullType: "mono" as const, ...claims.vessel };
  const sameHull = (quoted.hullType === "multi") === (vessel.hullType === "multi");
  const differs = (["loaCm", "beamCm", "draftCm", "airDraftCm", "displacementKg"] as const).find(
    (value) => quoted[value] !== undefined && quoted[value] !== vessel[value],
  );
  if (differs || !sameHull) {
    throw new Problem(
      "quote-mismatch",
      `Cannot book dock: the quote is for a boat with another ${differs ?? "hullType"}`,
    );
  }
}

function checkFit(fit: Fit, acceptConditions: boolean): void {
  const said = fit.reasons
    .filter(({ verdict }) => verdict === fit.verdict)
    .map(({ text }) => text)
    .join(" ");
  if (fit.verdict === "no") {
    throw new Problem("boat-does-not-fit", `Cannot book dock: ${said}`, { fit });
  }
  if (fit.verdict === "conditional" && !acceptConditions) {
    throw new Problem("conditions-not-accepted", `Cannot book dock yet: ${said}`, { fit });
  }
}
