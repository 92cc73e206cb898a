import type { NewBooking, SearchItem } from "../../shared/api.ts";
import type { NamedVessel } from "../../shared/boat.ts";
import type { Booking } from "../../shared/booking.ts";
import { uuidV7 } from "../../shared/ids.ts";
import { Problem } from "../../shared/problem.ts";
import type { Stay } from "../../shared/stay.ts";
import type { StayFault } from "../../shared/stay-terms.ts";
import type { Deps } from "../deps.ts";
import type { Sql } from "../platform/sql.ts";
import { type BookableDock, stayRefused } from "./bookable-dock.ts";
import { book, type BookingRecord, keptBooking, ownedVessel } from "./booking-queries.ts";
import { judgeStay } from "./judge-stay.ts";

/** Looks for the nearest docks that fit, for a guest whose nights are gone. */
export type FindNearest = (
  dock: BookableDock,
  vessel: NamedVessel,
  stay: Stay,
) => Promise<SearchItem[]>;

export interface CreateBooking {
  guestId: string;
  key: string;
  bodyHash: string;
  body: NewBooking;
  nowMs: number;
  nearest: FindNearest;
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
      const { from, to } = request.body;
      const nearest = () => request.nearest(dock, vessel, { from, to });
      throw await refusedStay(outcome.refused, outcome.reason, dock, nearest);
    }
  }
  throw new Problem("unavailable", "Cannot book dock: its record keeps changing; try again");
}

/** What goes to the database, once everything that it cannot know has been judged. */
async function judge(deps: Deps, sql: Sql, { guestId, body, nowMs }: CreateBooking) {
  const { dockId, from, to } = body;
  const vessel = body.boat ?? (await ownedVessel(sql, guestId, body.boatId ?? ""));
  const { dock, quote, instant } = await judgeStay(deps, sql, {
    dockId,
    stay: { from, to },
    vessel,
    quote: body.quote,
    acceptConditions: body.acceptConditions ?? false,
    nowMs,
  });
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
      quote,
      instant,
    },
  };
}

/** The refusal of a stay by the database. */
export async function refusedStay(
  refused: string,
  reason: string | null | undefined,
  dock: BookableDock,
  nearest: () => Promise<SearchItem[]>,
): Promise<Problem> {
  switch (refused) {
    case "dates-taken":
      return new Problem("dates-taken", "Cannot book dock: some of those nights are taken", {
        nearest: await nearest(),
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
        `Cannot book dock: ${NOT_BOOKABLE[reason ?? ""] ?? "it is not on sale now"}`,
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

const NOT_BOOKABLE: Readonly<Record<string, string>> = {
  "own-dock": "it is your own; block the nights instead",
  "other-host": "it has another host; cancel the stay and book there instead",
  "other-terms": "it takes its fee in another way or currency; cancel the stay and book there",
  "asks-first": "its host answers each request; ask in the chat, or request the nights",
};

function asGuest(record: BookingRecord): Booking {
  return { ...record, role: "guest" };
}
