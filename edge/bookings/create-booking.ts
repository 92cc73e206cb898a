import type { NewBooking, QuoteClaims, SearchItem } from "../../shared/api.ts";
import type { NamedVessel } from "../../shared/boat.ts";
import type { Booking } from "../../shared/booking.ts";
import type { Fit } from "../../shared/fit.ts";
import { uuidV7 } from "../../shared/ids.ts";
import { Problem } from "../../shared/problem.ts";
import type { Deps } from "../deps.ts";
import type { Sql } from "../platform/sql.ts";
import type { StayFault } from "../../shared/stay-terms.ts";
import {
  type BookableDock,
  checkStay,
  findBookableDock,
  fitForStay,
  stayRefused,
} from "./bookable-dock.ts";
import { book, type BookingRecord, keptBooking, ownedVessel } from "./booking-queries.ts";
import { quoteDock } from "./quote-stay.ts";
import { readQuote } from "./quote-token.ts";

export interface CreateBooking {
  guestId: string;
  key: string;
  bodyHash: string;
  body: NewBooking;
  nowMs: number;
  /** The nearest docks that fit, for a guest whose nights are gone. */
  nearest: (dock: BookableDock, vessel: NamedVessel) => Promise<SearchItem[]>;
}

/**
 * Books a stay. Fit and price are judged on the dock as it was read; the database refuses
 * (`dock-changed`) where it has changed since, and the whole is judged again.
 */
export async function createBooking(
  deps: Deps,
  sql: Sql,
  request: CreateBooking,
): Promise<Booking> {
  const { guestId, key, bodyHash } = request;
  for (let tries = 0; tries < 4; tries++) {
    const attempt = await judge(deps, sql, request).catch(async (refusal: unknown) => {
      // A retry whose quote has expired since still gets the answer that the first one got.
      const kept = await keptBooking(sql, guestId, "POST /api/bookings", key, bodyHash);
      if (kept) return { kept };
      throw refusal;
    });
    if ("kept" in attempt) return asGuest(attempt.kept);

    const { dock, vessel } = attempt;
    const outcome = await book(sql, guestId, key, bodyHash, attempt.request);
    if (outcome.refused === undefined) return asGuest(outcome.answer);
    if (outcome.refused !== "dock-changed") {
      throw await toProblem(outcome.refused, outcome.reason, dock, vessel, request);
    }
  }
  throw new Problem("unavailable", "Cannot book dock: its record keeps changing; try again");
}

/** What goes to the database, once everything that it cannot know has been judged. */
async function judge(deps: Deps, sql: Sql, { guestId, body, nowMs }: CreateBooking) {
  const { dockId, from, to } = body;
  const stay = { from, to };
  const claims = await readQuote(body.quote, deps.config.authSecret);
  const vessel = body.boat ?? (await ownedVessel(sql, guestId, body.boatId ?? ""));
  if (claims.dockId !== dockId || claims.from !== from || claims.to !== to) {
    throw new Problem("quote-mismatch", "Cannot book dock: the quote is for another dock or stay");
  }
  checkQuotedVessel(claims, vessel);

  const dock = await findBookableDock(sql, dockId, stay, vessel.loaCm);
  if (!dock || dock.status === "draft") {
    throw new Problem("not-found", `Cannot book dock: there is no dock ${dockId}`);
  }
  checkStay(dock, stay, nowMs);
  const fit = await fitForStay(deps.tides, dock, vessel, stay);
  checkFit(fit, body.acceptConditions ?? false);
  if (claims.exp * 1000 < nowMs) {
    const fresh = await quoteDock(deps, dock, { stay, vessel, nowMs });
    if (fresh.totalMinor !== claims.totalMinor || fresh.currency !== claims.currency) {
      throw new Problem(
        "price-changed",
        "Cannot book dock: the quote has expired and the price has changed",
        { quote: fresh },
      );
    }
  }
  const { currency, totalMinor, depositMinor, lines, ratesVersion } = claims;
  return {
    dock,
    vessel,
    request: {
      id: uuidV7(nowMs, deps.randomBytes(10)),
      threadId: uuidV7(nowMs, deps.randomBytes(10)),
      dockId,
      dockVersion: dock.version,
      from,
      to,
      loaCm: vessel.loaCm,
      vessel,
      quote: { currency, totalMinor, depositMinor, lines, ratesVersion },
      // What nobody has judged yet, the host judges.
      instant: fit.verdict === "fits" || fit.verdict === "conditional",
    },
  };
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

async function toProblem(
  refused: string,
  reason: string | null | undefined,
  dock: BookableDock,
  vessel: NamedVessel,
  request: CreateBooking,
): Promise<Problem> {
  switch (refused) {
    case "dates-taken":
      return new Problem("dates-taken", "Cannot book dock: some of those nights are taken", {
        nearest: await request.nearest(dock, vessel),
      });
    case "too-many-open":
      return reason === "held"
        ? new Problem(
          "too-many-stays-held",
          "Cannot book dock: others wait for your payment; pay for one or cancel it first",
        )
        : new Problem(
          "too-many-requests-open",
          "Cannot book dock: you have as many open requests as one person may have",
        );
    case "stay-not-possible":
      // The reason is one of stay_fault's, which are StayFault's.
      return stayRefused(reason as StayFault, dock);
    case "not-bookable":
      return new Problem(
        "not-bookable",
        reason === "own-dock"
          ? "Cannot book dock: it is your own; block the nights instead"
          : "Cannot book dock: it is not on sale now",
      );
    case "idempotency-key-reused":
      return new Problem(
        "idempotency-key-reused",
        "Cannot book dock: the Idempotency-Key was used with another body",
      );
    default:
      return new Problem("not-found", `Cannot book dock: there is no dock ${dock.id}`);
  }
}

function asGuest(record: BookingRecord): Booking {
  return { ...record, role: "guest" };
}
