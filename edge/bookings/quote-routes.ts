import { QuoteAnswer } from "../../shared/api.ts";
import { Problem } from "../../shared/problem.ts";
import { parseStayParams, parseVesselParams } from "../../shared/search-query.ts";
import type { Deps } from "../deps.ts";
import { publicEndpoint } from "../http/endpoint.ts";
import { idParam, uuidParam } from "../http/query.ts";
import { invalid } from "../http/validate.ts";
import type { Person } from "../identity/identity.ts";
import { ownedVessel } from "./booking-queries.ts";
import { type QuotedVessel, quoteStay } from "./quote-stay.ts";
import { readBooking } from "./read-booking.ts";

const VESSEL_QUERY = {
  loaCm: "length over all",
  beamCm: "beam",
  draftCm: "draft",
  airDraftCm: "height above the water",
  hullType: "mono, multi or power",
  displacementKg: "weight",
  takesGround: "true where she may dry out",
  inlets: "plug:volts:amps:phases, comma separated",
  insuranceExpires: "date",
};

export const getQuote = publicEndpoint({
  summary: "A signed price for a stay, honoured for 15 minutes",
  queryDoc: {
    from: "first night",
    to: "day of departure",
    boatId: "your boat",
    bookingId: "your stay that is to become this one: for its boat, over its own nights",
    ...VESSEL_QUERY,
  },
  answer: QuoteAnswer,
  async handle({ deps, sql, params, query, request, nowMs }) {
    const stay = parseStayParams(query);
    if (!stay) {
      throw invalid("Cannot quote", [{ path: "from", message: "A quote needs from and to" }]);
    }
    const [dockId, changedId] = [idParam(params, "id"), query.get("bookingId")];
    if (changedId !== null) {
      const person = await signedIn(deps, request);
      const bookingId = uuidParam({ bookingId: changedId }, "bookingId");
      const { boat, ...booking } = await readBooking(sql, person, bookingId);
      const was = booking.dockId === dockId ? { from: booking.from, to: booking.to } : undefined;
      const changed = { bookingId, was };
      return await quoteStay(deps, sql, { dockId, stay, vessel: boat, nowMs, changed });
    }
    const boatId = query.get("boatId");
    const vessel = boatId === null ? parseVesselParams(query) : await ownedVessel(
      sql,
      (await signedIn(deps, request)).id,
      uuidParam({ boatId }, "boatId"),
    );
    if (!hasLength(vessel)) {
      throw invalid("Cannot quote", [{
        path: "loaCm",
        message: "A quote needs the boat's length",
      }]);
    }
    return await quoteStay(deps, sql, { dockId, stay, vessel, nowMs });
  },
});

function hasLength(vessel: { loaCm?: number | undefined }): vessel is QuotedVessel {
  return vessel.loaCm !== undefined;
}

async function signedIn(deps: Deps, request: Request): Promise<Person> {
  const person = await deps.identity.personOf(request.headers);
  if (!person) {
    throw new Problem(
      "unauthenticated",
      "Cannot quote for a boat or a stay of yours: sign in first",
    );
  }
  return person;
}
